package dev.intermission.admin.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.intermission.admin.AdminTest;
import dev.intermission.admin.Http;
import dev.intermission.admin.TestCatalog;
import dev.intermission.admin.TestClock;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.store.NodeReport;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the four calls would do, told without doing it. */
class DryRunTest extends AdminTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HISTORIES = PROXY + "deploy-histories/";
  private static final String CLOSE =
      "{\"enabled\":true,\"httpStatusCode\":503,\"contentType\":\"text/plain\",\"message\":\"Back at six\",\"retryAfterSeconds\":60";
  private static final String DEPLOY =
      ",\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"production\"]}";
  private static final String FIRST =
      "{\"status\":\"SUCCESS\",\"success\":true,\"resultMessage\":\"This was a dry run; nothing was changed.\",\"dryRun\":true,";
  private static final String TOUCHED =
      "\"paths\":[\"/api/v1\",\"/api/v2\"],\"hosts\":[\"api.example.com\"],";
  private static final String CHANGES =
      "[{\"field\":\"enabled\",\"before\":false,\"after\":true},"
          + "{\"field\":\"httpStatusCode\",\"before\":403,\"after\":503},"
          + "{\"field\":\"contentType\",\"before\":\"application/json; charset=utf-8\",\"after\":\"text/plain\"},"
          + "{\"field\":\"message\",\"before\":\"%1$s\",\"after\":\"Back at six\"},"
          + "{\"field\":\"retryAfterSeconds\",\"before\":null,\"after\":60}]";

  private static String changes() {
    return CHANGES.formatted(MaintenanceSettings.DEFAULT_MESSAGE.replace("\"", "\\\""));
  }

  private Http.Answer tried(String method, String target, String json) throws IOException {
    Http request =
        Http.request(method, target + (target.contains("?") ? "&" : "?") + "dryRun=true")
            .token(server.token("operator"));
    return send(json.isEmpty() ? request : request.json(json));
  }

  private Http.Answer triedPatch(String query, String json) throws IOException {
    return tried("PATCH", MODE + (query.isEmpty() ? "" : "?" + query), json);
  }

  private JsonNode report(String query, String json) throws IOException {
    Http.Answer answer = triedPatch(query, json);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void aPatchThatDeploysTellsAllThatItWouldDo() throws Exception {
    Http.Answer answer = triedPatch("", CLOSE + DEPLOY);
    assertThat(answer.body())
        .isEqualTo(
            FIRST
                + "\"saved\":"
                + changes()
                + ",\"inForce\":[{\"environment\":\"production\",\"deployed\":{\"before\":true,\"after\":true},"
                + "\"closed\":{\"before\":false,\"after\":true},\"revision\":{\"before\":1,\"after\":2},"
                + "\"redeployRequired\":{\"before\":false,\"after\":false},\"changes\":"
                + changes()
                + "}],"
                + TOUCHED
                + "\"nodes\":[],\"request\":{\"method\":\"GET\",\"path\":\"/api/v1\"},\"passes\":false,"
                + "\"response\":{\"status\":503,\"fields\":[{\"name\":\"Content-Type\",\"value\":\"text/plain\"},"
                + "{\"name\":\"Cache-Control\",\"value\":\"no-store\"},{\"name\":\"Retry-After\",\"value\":\"60\"},"
                + "{\"name\":\"Content-Length\",\"value\":\"11\"}],\"body\":\"Back at six\"},\"warnings\":[{\"code\":\"HEALTH_PATHS_CLOSED\",\"message\":\"What asks for the health of the API gets the maintenance response too, at /api/v1/health, /api/v1/healthz, /api/v1/ready, /api/v1/actuator/health; a monitor or load balancer may take the API for broken.\"}]}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.field("ETag")).isEqualTo("\"1\"");
    assertNothingKept();
  }

  private void assertNothingKept() {
    assertNothingSaved();
    assertThat(server.store.history().deployments(TestCatalog.MY_API)).hasSize(1);
    assertThat(server.store.audit().entries(TestCatalog.MY_API, 10)).isEmpty();
  }

  @Test
  void aPatchWithoutADeploymentLeavesWhatIsInForce() throws Exception {
    JsonNode report = report("", CLOSE + "}");
    assertThat(report.path("saved")).hasSize(5);
    assertThat(report.at("/inForce/0").toString())
        .isEqualTo(
            "{\"environment\":\"production\",\"deployed\":{\"before\":true,\"after\":true},\"closed\":{\"before\":false,\"after\":false},"
                + "\"revision\":{\"before\":1,\"after\":1},\"redeployRequired\":{\"before\":false,\"after\":true},\"changes\":[]}");
    assertThat(report.path("inForce")).hasSize(1);
    assertThat(report.path("nodes")).isEmpty();
    assertThat(report.at("/response/status").asInt()).isEqualTo(503);
    assertNothingKept();
  }

  @Test
  void theRealCallDoesWhatWasForetold() throws Exception {
    JsonNode report = report("", CLOSE + DEPLOY);
    assertThat(patch(CLOSE + DEPLOY).body()).startsWith("{\"status\":\"SUCCESS\",\"success\":true");
    assertThat(get(PRODUCTION + "deploy-status/").body())
        .contains("\"revision\":" + report.at("/inForce/0/revision/after").asLong());
    assertThat(report("", CLOSE + DEPLOY).path("saved")).isEmpty();
  }

  @Test
  void aFalseDryRunIsTheCallItself() throws Exception {
    Http request = Http.request("PATCH", MODE + "?dryRun=false").token(server.token("operator"));
    send(request.json("{\"enabled\":true}"));
    assertThat(server.saved(TestCatalog.MY_API).settings().enabled()).isTrue();
  }

  @Test
  void aFirstDeploymentTellsEachFieldThatComesInForce() throws Exception {
    JsonNode report = JSON.readTree(tried("POST", STAGING, "").body());
    assertThat(report.path("saved")).isEmpty();
    assertThat(report.at("/inForce/0").toString())
        .contains("\"environment\":\"production\"", "\"changes\":[]");
    assertThat(report.at("/inForce/1").toString())
        .startsWith(
            "{\"environment\":\"staging\",\"deployed\":{\"before\":false,\"after\":true},\"closed\":{\"before\":false,\"after\":false},"
                + "\"revision\":{\"before\":null,\"after\":2},\"redeployRequired\":{\"before\":false,\"after\":false},"
                + "\"changes\":[{\"field\":\"enabled\",\"before\":null,\"after\":false}");
    assertThat(report.path("passes").asBoolean()).isTrue();
    assertThat(report.path("reason").asText()).isEqualTo("OPEN");
    assertThat(report.has("response")).isFalse();
    assertNothingKept();
  }

  @Test
  void anUndeploymentTellsThatNothingIsLeft() throws Exception {
    JsonNode report = JSON.readTree(tried("DELETE", PRODUCTION, "").body());
    assertThat(report.at("/inForce/0").toString())
        .startsWith(
            "{\"environment\":\"production\",\"deployed\":{\"before\":true,\"after\":false},\"closed\":{\"before\":false,\"after\":false},"
                + "\"revision\":{\"before\":1,\"after\":2}")
        .contains("{\"field\":\"enabled\",\"before\":false,\"after\":null}");
    assertThat(report.path("reason").asText()).isEqualTo("NOT_DEPLOYED");
    assertNothingKept();
  }

  @Test
  void aRollbackTellsWhatComesBack() throws Exception {
    patch(CLOSE + DEPLOY);
    JsonNode saved = JSON.readTree(tried("POST", HISTORIES + "1/rollback/", "").body());
    assertThat(saved.path("saved").path(0).toString())
        .isEqualTo("{\"field\":\"enabled\",\"before\":true,\"after\":false}");
    assertThat(saved.at("/inForce/0/changes")).isEmpty();
    JsonNode deployed =
        JSON.readTree(
            tried("POST", HISTORIES + "1/rollback/?environmentName=production", "").body());
    assertThat(deployed.at("/inForce/0/closed").toString())
        .isEqualTo("{\"before\":true,\"after\":false}");
    assertThat(deployed.at("/inForce/0/revision/after").asLong()).isEqualTo(3);
    assertThat(server.saved(TestCatalog.MY_API).version()).isEqualTo(2);
    assertThat(server.store.history().deployments(TestCatalog.MY_API)).hasSize(2);
    assertThat(server.store.settings().version("production")).isEqualTo(2);
  }

  @Test
  void liveGatewaysAreNamedAndThoseBehindAreMarked() throws Exception {
    patch(CLOSE + DEPLOY);
    NodeReport current = node("current", 2, 99);
    server.store.nodes().report(List.of(current, node("late", 1, 99)));
    assertThat(report("", CLOSE + DEPLOY).path("nodes").toString())
        .isEqualTo(
            "[{\"environment\":\"production\",\"name\":\"current\",\"behind\":false},"
                + "{\"environment\":\"production\",\"name\":\"late\",\"behind\":true}]");
    assertThat(report("", CLOSE + "}").path("nodes")).isEmpty();
  }

  private static NodeReport node(String name, long version, int format) {
    return new NodeReport("production", name, version, "10.0.0.1", "test", format, null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PATCH | %s | {\"enable\":true}",
        "PATCH | %s | {\"httpStatusCode\":204,\"message\":7}",
        "PATCH | %s | {\"enabled\":true,\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"nowhere\"]}",
        "PATCH | %s | {\"enabled\":true,\"retryAfterSeconds\":9,\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"production\"]}",
        "POST | %senvironments/nowhere/ | ''",
        "POST | %senvironments/production/ | {\"persistent\":1}",
        "DELETE | %senvironments/staging/ | ''",
        "DELETE | %senvironments/nowhere/ | ''",
        "POST | %sdeploy-histories/7/rollback/ | ''",
        "POST | %sdeploy-histories/0/rollback/ | ''",
        "POST | %sdeploy-histories/1/rollback/?environmentName=nowhere | ''",
        "POST | %sdeploy-histories/1/rollback/ | {\"environmentName\":\"production\"}",
      })
  void whatTheCallRefusesTheDryRunRefusesInTheSameWords(String method, String target, String json)
      throws Exception {
    server.store.nodes().report(List.of(node("old", 1, 1)));
    String at = target.equals("%s") ? MODE : target.formatted(PROXY);
    for (String user : List.of("operator", "manager", "deployer", "viewer", "outsider")) {
      Http.Answer dry = as(user, method, at + (at.contains("?") ? "&" : "?") + "dryRun=true", json);
      Http.Answer real = as(user, method, at, json);
      assertThat(real.status()).as(real.body()).isEqualTo(400);
      assertThat(dry.body()).isEqualTo(real.body());
      assertThat(dry.status()).isEqualTo(real.status());
    }
    assertNothingKept();
  }

  private Http.Answer as(String user, String method, String target, String json)
      throws IOException {
    Http request = Http.request(method, target).token(server.token(user));
    return send(json.isEmpty() ? request : request.json(json));
  }

  @Test
  void conditionsHoldForADryRunToo() throws Exception {
    Http request =
        Http.request("PATCH", MODE + "?dryRun=true")
            .token(server.token("operator"))
            .with("If-Match", "\"7\"");
    assertThat(send(request.json("{\"enabled\":true}")).status()).isEqualTo(412);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dryRun=yes",
        "dryRun=",
        "dryRun=True",
        "dryRun",
        "dryrun=true",
        "dryRun=true&dryRun=true",
        "method=GET",
        "dryRun=false&path=/api/v1",
        "environmentName=production",
        "dryRun=true&method=G%20T",
        "dryRun=true&method=CONNECT",
        "dryRun=true&path=api",
        "dryRun=true&path=/api/v1?x=1",
        "dryRun=true&path=/api/v10",
        "dryRun=true&path=/other",
        "dryRun=true&accept=application/problem+json",
        "dryRun=true&accept=%0A",
        "dryRun=true&origin=a%0Db",
      })
  void aQueryThatIsNotClearIsRefusedAndNothingIsSaved(String query) throws Exception {
    Http request = Http.request("PATCH", MODE + "?" + query).token(server.token("operator"));
    Http.Answer answer = send(request.json(CLOSE + DEPLOY));
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertNothingKept();
  }

  @Test
  void eachFaultOfTheDescriptionIsTold() throws Exception {
    assertThat(faults(triedPatch("method=%7F&path=x&accept=a/b+c&origin=%09", CLOSE + "}")))
        .extracting(fault -> fault.replaceFirst(":.*", ""))
        .containsExactly("method", "path", "accept", "origin");
    assertThat(faults(triedPatch("path=/other", CLOSE + "}")))
        .containsExactly(
            "path: is '/other'; allowed is a path of the proxy: /api/v1, /api/v2 or one below");
  }

  @Test
  void theResponseIsThatOfTheDescribedRequest() throws Exception {
    String json =
        CLOSE
            + ",\"variants\":[{\"contentType\":\"application/problem+json\"}],\"corsAllowedOrigins\":[\"https://shop.example\"]}";
    JsonNode report =
        report(
            "method=HEAD&path=/api/v2/%25C3%25A9&accept="
                + encoded("application/problem+json")
                + "&origin=https://shop.example",
            json);
    assertThat(report.path("request").toString())
        .isEqualTo("{\"method\":\"HEAD\",\"path\":\"/api/v2/%C3%A9\"}");
    assertThat(report.at("/response/body").asText()).isEmpty();
    assertThat(report.at("/response/fields").toString())
        .contains(
            "{\"name\":\"Content-Type\",\"value\":\"application/problem+json\"}",
            "{\"name\":\"Vary\",\"value\":\"Accept, Origin\"}",
            "{\"name\":\"Access-Control-Allow-Origin\",\"value\":\"https://shop.example\"}");
  }

  @Test
  void theCorrelationIdOfTheCallIsThatOfTheRequest() throws Exception {
    Http request =
        Http.request("PATCH", MODE + "?dryRun=true")
            .token(server.token("operator"))
            .with("X-Correlation-Id", "my-7");
    assertThat(send(request.json("{\"enabled\":true,\"message\":\"#CORRELATIONID#\"}")).body())
        .contains("\"body\":\"my-7\"", "{\"name\":\"APINIZER-CORRELATION-ID\",\"value\":\"my-7\"}");
  }

  @Test
  void aBodyInEachCharsetIsShownAsText() throws Exception {
    for (String charset : List.of("utf-8", "utf-16", "iso-8859-1", "windows-1252")) {
      JsonNode report =
          report(
              "",
              "{\"enabled\":true,\"contentType\":\"text/plain; charset="
                  + charset
                  + "\",\"message\":\"caf\u00e9\"}");
      assertThat(report.at("/response/body").asText()).as(charset).isEqualTo("caf\u00e9");
    }
  }

  @Test
  void beforeTheStartTheRequestPassesAndTheResponseIsThatFromThenOn() throws Exception {
    String window =
        ",\"startsAt\":\"%s\",\"endsAt\":\"%s\"}"
            .formatted(
                TestClock.START.plus(Duration.ofMinutes(10)),
                TestClock.START.plus(Duration.ofMinutes(30)));
    JsonNode report = report("", CLOSE + window);
    assertThat(report.path("passes").asBoolean()).isTrue();
    assertThat(report.path("reason").asText()).isEqualTo("BEFORE_START");
    assertThat(report.at("/response/fields").toString())
        .contains("{\"name\":\"Retry-After\",\"value\":\"1200\"}");
    server.clock.advance(Duration.ofMinutes(20));
    assertThat(report("", CLOSE + window).path("passes").asBoolean()).isFalse();
  }

  @Test
  void aValidBypassTokenPassesAndAWrongOneDoesNot() throws Exception {
    Http make =
        Http.request("POST", MODE + "bypass-tokens/")
            .token(server.token("operator"))
            .json("{\"expiresIn\":\"1h\"}");
    String token = JSON.readTree(send(make).body()).path("token").asText();
    JsonNode report = report("bypass=" + token, CLOSE + "}");
    assertThat(report.path("reason").asText()).isEqualTo("BYPASS");
    assertThat(report.toString()).doesNotContain(token);
    assertThat(report("bypass=" + token + "x", CLOSE + "}").path("passes").asBoolean()).isFalse();
    server.clock.advance(Duration.ofHours(2));
    Http late =
        Http.request("PATCH", MODE + "?dryRun=true&bypass=" + token)
            .token(server.tokens.create("operator", Duration.ofHours(1)).secret());
    assertThat(send(late.json(CLOSE + "}")).body()).contains("\"passes\":false");
  }

  @Test
  void exemptionsLetTheDescribedRequestPass() throws Exception {
    String close =
        CLOSE
            + ",\"closedMethods\":[\"POST\"],\"openPaths\":[\"/health\"],\"openToAddresses\":[\"192.0.2.0/24\"]}";
    assertThat(report("", close).path("reason").asText()).isEqualTo("EXEMPT");
    assertThat(report("method=POST", close).path("passes").asBoolean()).isFalse();
    assertThat(report("method=POST&path=/api/v1/health", close).path("reason").asText())
        .isEqualTo("EXEMPT");
    assertThat(report("method=POST&address=192.0.2.7", close).path("reason").asText())
        .isEqualTo("ADDRESS");
    assertThat(report("method=POST&address=2001:db8::7", close).path("passes").asBoolean())
        .isFalse();
  }

  /** By the salt of the store, as at each gateway: the same in each dry run. */
  @Test
  void shareAdmitsTheSameClientsAsGatewaysDo() throws Exception {
    String close = CLOSE + ",\"admitPercent\":50}";
    List<String> first = reasons(close);
    assertThat(first).contains("ADMITTED", "").hasSize(16);
    assertThat(reasons(close)).isEqualTo(first);
  }

  private List<String> reasons(String body) throws Exception {
    List<String> reasons = new ArrayList<>();
    for (int client = 0; client < 16; client++) {
      reasons.add(report("address=192.0.2." + client, body).path("reason").asText());
    }
    return reasons;
  }

  @Test
  void whatIsNoAddressIsRefused() throws Exception {
    for (String address : List.of("localhost", "192.0.2.0/24", "[::1]", "")) {
      Http request =
          Http.request("PATCH", MODE + "?dryRun=true&address=" + address)
              .token(server.token("operator"));
      assertThat(send(request.json("{}")).body())
          .contains("allowed is an IP address, without brackets, port and zone");
    }
  }
}
