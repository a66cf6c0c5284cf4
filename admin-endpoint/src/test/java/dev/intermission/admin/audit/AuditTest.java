package dev.intermission.admin.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.intermission.admin.AdminTest;
import dev.intermission.admin.Http;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who changed what. */
class AuditTest extends AdminTest {

  private static final String AUDIT = PROXY + "audit/";
  private static final String OPEN =
      "{\"enabled\":false,\"httpStatusCode\":403,\"contentType\":\"text/plain\",\"message\":\"x\"}";
  private static final String CLOSED =
      "{\"enabled\":true,\"httpStatusCode\":503,\"contentType\":\"text/plain\",\"message\":\"x\"}";

  private Http by(String user, String correlationId, String method, String target) {
    return Http.request(method, target)
        .token(server.token(user))
        .with("X-Correlation-Id", correlationId);
  }

  private JsonNode list(String query) throws IOException {
    Http.Answer answer = get(AUDIT + query);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    JsonNode body = new ObjectMapper().readTree(answer.body());
    assertThat(body.path("resultCount").asInt()).isEqualTo(body.path("resultList").size());
    return body.path("resultList");
  }

  private List<String> actions(String query) throws IOException {
    List<String> actions = new ArrayList<>();
    list(query).forEach(line -> actions.add(line.path("action").asText()));
    return actions;
  }

  /** Returns an entry as it is answered after its id. */
  private static String entry(
      String user, String correlationId, String action, String what, String before, String after) {
    return "\"time\":\"2026-07-01T10:01:00Z\",\"username\":\"%s\",\"address\":\"127.0.0.1\",\"correlationId\":\"%s\",\"action\":\"%s\",%s,\"before\":%s,\"after\":%s}"
        .formatted(user, correlationId, action, what, before, after);
  }

  @Test
  void aProxyThatNobodyChangedHasNoEntry() throws Exception {
    assertThat(get(AUDIT).body())
        .isEqualTo("{\"status\":\"SUCCESS\",\"success\":true,\"resultList\":[],\"resultCount\":0}");
  }

  @Test
  void eachChangeIsToldWithWhatWasBeforeAndAfter() throws Exception {
    patch("{\"contentType\":\"text/plain\",\"message\":\"x\"}");
    server.clock.advance(Duration.ofMinutes(1));
    send(
        by("admin", "c-1", "PATCH", MODE)
            .json(
                "{\"enabled\":true,\"httpStatusCode\":503,\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"staging\"]}"));
    send(by("manager", "c-2", "PATCH", MODE).json("{\"enabled\":false,\"httpStatusCode\":403}"));
    send(
        by("deployer", "c-3", "POST", STAGING)
            .json("{\"description\":\"open again\",\"persistent\":true}"));
    send(
        by(
            "operator",
            "c-4",
            "POST",
            PROXY + "deploy-histories/2/rollback/?environmentName=staging"));
    send(by("deployer", "c-5", "DELETE", STAGING));
    send(by("manager", "c-6", "DELETE", PROXY + "deploy-histories/3/"));

    String none = "\"environment\":null,\"revision\":null,\"description\":\"\"";
    String body = get(AUDIT + "?limit=8").body();
    assertThat(List.of(body.split("\\{\"id\":[0-9]+,", -1)))
        .extracting(text -> text.replaceAll(",$|],\"resultCount\":8}$", ""))
        .containsExactly(
            "{\"status\":\"SUCCESS\",\"success\":true,\"resultList\":[",
            entry(
                "manager",
                "c-6",
                "HISTORY_DELETED",
                "\"environment\":\"staging\",\"revision\":3,\"description\":\"open again\"",
                OPEN,
                "null"),
            entry(
                "deployer",
                "c-5",
                "UNDEPLOYED",
                "\"environment\":\"staging\",\"revision\":5,\"description\":\"Undeployed by APIOPS Api\"",
                CLOSED,
                "null"),
            entry(
                "operator",
                "c-4",
                "DEPLOYED",
                "\"environment\":\"staging\",\"revision\":4,\"description\":\"Rolled back to revision 2 by APIOPS Api\"",
                OPEN,
                CLOSED),
            entry(
                "operator",
                "c-4",
                "ROLLED_BACK",
                "\"environment\":null,\"revision\":2,\"description\":\"\"",
                OPEN,
                CLOSED),
            entry(
                "deployer",
                "c-3",
                "DEPLOYED",
                "\"environment\":\"staging\",\"revision\":3,\"description\":\"open again\"",
                CLOSED,
                OPEN),
            entry("manager", "c-2", "SETTINGS_CHANGED", none, CLOSED, OPEN),
            entry(
                "admin",
                "c-1",
                "DEPLOYED",
                "\"environment\":\"staging\",\"revision\":2,\"description\":\"Deployed by APIOPS Api\"",
                "null",
                CLOSED),
            entry("admin", "c-1", "SETTINGS_CHANGED", none, OPEN, CLOSED));
  }

  @Test
  void whatChangesNothingHasNoEntry() throws Exception {
    patch("{}");
    patch("{\"enabled\":\"yes\"}");
    patch("{\"enabled\":true,\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"moon\"]}");
    delete(STAGING);
    delete(PROXY + "deploy-histories/9/");
    post(PROXY + "deploy-histories/1/rollback/?environmentName=moon");
    get(MODE);
    assertThat(list("")).isEmpty();
  }

  @Test
  void aTokenIsInNoEntry() throws Exception {
    String token = server.token("operator");
    patch("{\"enabled\":true}");
    send(Http.request("POST", PRODUCTION).token(token).with("X-Correlation-Id", "not one"));
    send(
        Http.request("POST", TOKEN)
            .form(
                "grant_type=client_credentials&client_id=operator&client_secret=correct%20horse"));
    String body = get(AUDIT).body();
    assertThat(actions("")).containsExactly("DEPLOYED", "SETTINGS_CHANGED");
    assertThat(body).doesNotContain(token, "Bearer", "correct horse", "not one");
    assertThat(server.store.audit().entries(1000).toString())
        .doesNotContain(token)
        .doesNotContain("correct horse");
  }

  @Test
  void aLimitGivesTheNewest() throws Exception {
    for (int i = 0; i < 120; i++) {
      patch("{\"message\":\"%d\"}".formatted(i));
    }
    assertThat(list("")).hasSize(100);
    assertThat(list("?limit=1000")).hasSize(120);
    JsonNode newest = list("?limit=1").path(0);
    assertThat(newest.path("before").path("message").asText()).isEqualTo("118");
    assertThat(newest.path("after").path("message").asText()).isEqualTo("119");
    List<Long> ids = new ArrayList<>();
    list("").forEach(line -> ids.add(line.path("id").asLong()));
    assertThat(ids)
        .isSortedAccordingTo((one, next) -> Long.compare(next, one))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1001", "-1", "1.5", "x", "", "99999999999999999999"})
  void anotherLimitIsRefused(String limit) throws Exception {
    assertRefused(
        get(AUDIT + "?limit=" + limit),
        400,
        "bad_request",
        "limit is '%s'; allowed is a whole number from 1 to 1000".formatted(limit));
  }

  @Test
  void anotherParameterIsRefused() throws Exception {
    assertRefused(
        get(AUDIT + "?Limit=1"),
        400,
        "bad_request",
        "The query has the parameter 'Limit'; allowed is limit");
  }

  @Test
  void anUnknownProxyHasNoAudit() throws Exception {
    assertRefused(
        get(PROXIES + "No/audit/"), 400, "bad_request", "ApiProxy with name (No) is not found!");
  }

  @Test
  void whatIsOfAnotherProxyIsNotTold() throws Exception {
    send(
        Http.request("PATCH", PROXIES + "a%2Fb%20%C3%A9%3Bx=1/settings/maintenance-mode/")
            .token(server.token("operator"))
            .json("{\"enabled\":true}"));
    assertThat(list("")).isEmpty();
    assertThat(get(PROXIES + "a%2Fb%20%C3%A9%3Bx=1/audit/").body()).contains("\"resultCount\":1");
  }
}
