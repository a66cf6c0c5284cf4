package dev.intermission.admin.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.intermission.admin.AdminTest;
import dev.intermission.admin.Http;
import dev.intermission.admin.TestCatalog;
import dev.intermission.api.MaintenanceSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The records of deployments. */
class HistoryTest extends AdminTest {

  private static final String HISTORIES = PROXY + "deploy-histories/";
  private static final String AT_START =
      "{\"revision\":1,\"username\":\"setup\",\"deploymentTime\":\"2026-07-01T10:00:00Z\","
          + "\"description\":\"Deployed at start\",\"environment\":\"production\",\"deploy\":true,"
          + "\"persistent\":false,\"backendApiVersion\":null,\"maintenance\":{\"closed\":false,"
          + "\"enabled\":false,\"startsAt\":null,\"endsAt\":null,\"reopenAtEnd\":false,\"httpStatusCode\":403}}";
  private static final String DELETED =
      "{\"status\":\"SUCCESS\",\"resultMessage\":\"Deploy history record deleted successfully.\"}";

  private Http.Answer deploy(String target, String json) throws IOException {
    return send(Http.request("POST", target).token(server.token("operator")).json(json));
  }

  private List<Long> revisions() throws IOException {
    JsonNode body = new ObjectMapper().readTree(get(HISTORIES).body());
    List<Long> revisions = new ArrayList<>();
    body.path("resultList").forEach(line -> revisions.add(line.path("revision").asLong()));
    assertThat(body.path("resultCount").asInt()).isEqualTo(revisions.size());
    return revisions;
  }

  @Test
  void eachDeploymentIsListedTheNewestFirst() throws Exception {
    assertThat(get(HISTORIES).body())
        .isEqualTo(
            "{\"status\":\"SUCCESS\",\"success\":true,\"resultList\":["
                + AT_START
                + "],\"resultCount\":1}");
    server.clock.advance(Duration.ofMillis(60_001));
    deploy(STAGING, "{\"description\":\"release 7\",\"persistent\":true}");
    delete(STAGING);
    assertThat(get(HISTORIES).body())
        .isEqualTo(
            "{\"status\":\"SUCCESS\",\"success\":true,\"resultList\":["
                + "{\"revision\":3,\"username\":\"operator\",\"deploymentTime\":\"2026-07-01T10:01:00.001Z\","
                + "\"description\":\"Undeployed by APIOPS Api\",\"environment\":\"staging\",\"deploy\":false,"
                + "\"persistent\":false,\"backendApiVersion\":null},"
                + "{\"revision\":2,\"username\":\"operator\",\"deploymentTime\":\"2026-07-01T10:01:00.001Z\","
                + "\"description\":\"release 7\",\"environment\":\"staging\",\"deploy\":true,"
                + "\"persistent\":true,\"backendApiVersion\":null},"
                + AT_START
                + "],\"resultCount\":3}");
  }

  @Test
  void aProxyNeverDeployedHasNoRecord() throws Exception {
    assertThat(get(PROXIES + "a%2Fb%20%C3%A9%3Bx=1/deploy-histories/").body())
        .isEqualTo("{\"status\":\"SUCCESS\",\"success\":true,\"resultList\":[],\"resultCount\":0}");
  }

  @Test
  void aRecordHasTheSettingsThatItDeployed() throws Exception {
    patch(
        "{\"enabled\":true,\"httpStatusCode\":503,\"contentType\":\"text/plain\",\"message\":\"Back at six\"}");
    post(PRODUCTION);
    patch("{\"message\":\"later\"}");
    assertThat(get(HISTORIES + "2").body())
        .isEqualTo(
            "{\"status\":\"SUCCESS\",\"success\":true,\"resultList\":["
                + "{\"revision\":2,\"username\":\"operator\",\"deploymentTime\":\"2026-07-01T10:00:00Z\","
                + "\"description\":\"Deployed by APIOPS Api\",\"environment\":\"production\",\"deploy\":true,"
                + "\"persistent\":false,\"backendApiVersion\":null,\"maintenance\":{\"closed\":true,"
                + "\"enabled\":true,\"startsAt\":null,\"endsAt\":null,\"reopenAtEnd\":false,\"httpStatusCode\":503},"
                + "\"settings\":{\"enabled\":true,"
                + "\"httpStatusCode\":503,\"contentType\":\"text/plain\",\"message\":\"Back at six\"}}"
                + "],\"resultCount\":1}");
  }

  @Test
  void aDeletedRecordIsGoneAndWhatIsInForceStays() throws Exception {
    patch(
        "{\"enabled\":true,\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"production\"]}");
    assertThat(delete(HISTORIES + "2/").body()).isEqualTo(DELETED);
    assertThat(revisions()).containsExactly(1L);
    assertThat(get(PRODUCTION + "deploy-status/").body())
        .contains("\"deployed\":true", "\"revision\":2", "\"redeployRequired\":false");
    assertThat(
            server
                .store
                .settings()
                .changesSince("production", 1)
                .deployed()
                .get(0)
                .settings()
                .enabled())
        .isTrue();
    assertThat(server.saved(TestCatalog.MY_API).settings().enabled()).isTrue();
    assertRefused(
        delete(HISTORIES + "2/"),
        400,
        "bad_request",
        "Deploy history with revision (2) is not found for ApiProxy (MyAPI)!");
    post(PRODUCTION);
    assertThat(revisions()).containsExactly(3L, 1L);
  }

  @Test
  void aDeletionHasNoBody() throws Exception {
    assertRefused(
        send(Http.request("DELETE", HISTORIES + "1/").token(server.token("operator")).json("{}")),
        400,
        "bad_request",
        "A deletion has no body");
    assertThat(revisions()).containsExactly(1L);
  }

  @ParameterizedTest
  @CsvSource({"GET, ''", "GET, 1/", "DELETE, 1/", "POST, 1/rollback/"})
  void anUnknownProxyHasNoHistory(String method, String below) throws Exception {
    for (String name : new String[] {"No", "myapi", "OtherAPI"}) {
      assertRefused(
          send(
              Http.request(method, PROXIES + name + "/deploy-histories/" + below)
                  .token(server.token("operator"))),
          400,
          "bad_request",
          "ApiProxy with name (%s) is not found!".formatted(name));
    }
  }

  @ParameterizedTest
  @CsvSource({"GET, ''", "DELETE, ''", "POST, rollback/"})
  void anUnknownRevisionIsToldFromAMalformedOne(String method, String below) throws Exception {
    String token = server.token("operator");
    for (String revision : new String[] {"2", "999999999999999999"}) {
      assertRefused(
          send(Http.request(method, HISTORIES + revision + "/" + below).token(token)),
          400,
          "bad_request",
          "Deploy history with revision (%s) is not found for ApiProxy (MyAPI)!"
              .formatted(revision));
    }
    for (String revision :
        new String[] {"0", "-1", "+1", "01", "1.0", "x", "9223372036854775808"}) {
      assertRefused(
          send(Http.request(method, HISTORIES + revision + "/" + below).token(token)),
          400,
          "bad_request",
          "The revision is '%s'; allowed is a whole number from 1".formatted(revision));
    }
    assertNothingSaved();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1/rollback/x/", "1/x/", "x/rollback/1/"})
  void anythingBelowIsNotThere(String below) throws Exception {
    assertThat(get(HISTORIES + below).status()).isEqualTo(404);
  }

  @Test
  void theOldestRecordsAreDroppedButNonePersistentOrInForce() throws Exception {
    deploy(PRODUCTION, "{\"persistent\":true}");
    post(STAGING);
    for (int revision = 4; revision <= 110; revision++) {
      post(PRODUCTION);
    }
    List<Long> kept = new ArrayList<>(LongStream.rangeClosed(11, 110).boxed().toList());
    Collections.reverse(kept);
    kept.add(3L);
    kept.add(2L);
    assertThat(revisions()).isEqualTo(kept);
    assertThat(get(HISTORIES + "1/").status()).isEqualTo(400);
    assertThat(server.saved(TestCatalog.MY_API).settings()).isEqualTo(MaintenanceSettings.DEFAULT);
  }
}
