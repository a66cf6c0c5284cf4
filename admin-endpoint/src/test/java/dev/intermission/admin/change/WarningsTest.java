package dev.intermission.admin.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.intermission.admin.AdminTest;
import dev.intermission.admin.Http;
import dev.intermission.admin.TestClock;
import dev.intermission.api.store.NodeReport;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is seldom meant in a change, told alike by the change and by its dry run. */
class WarningsTest extends AdminTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HEALTH = "HEALTH_PATHS_CLOSED";
  private static final String DEPLOY =
      ",\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"production\"]}";

  private static List<String> codes(Http.Answer answer) throws IOException {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body()).path("warnings").findValuesAsText("code");
  }

  /** Returns the codes of the call, which its dry run must tell too. */
  private List<String> codes(String method, String target, String json) throws IOException {
    List<String> tried = codes(send(method, target, "dryRun=true", json));
    assertThat(codes(send(method, target, "dryRun=false", json))).isEqualTo(tried);
    return tried;
  }

  private Http.Answer send(String method, String target, String query, String json)
      throws IOException {
    Http request =
        Http.request(method, target + (target.contains("?") ? "&" : "?") + query)
            .token(server.token("operator"));
    return send(json.isEmpty() ? request : request.json(json));
  }

  private static String at(Duration fromNow) {
    return TestClock.START.plus(fromNow).toString();
  }

  @Test
  void thePublishedDefaultsAreWarnedOf() throws Exception {
    Http.Answer answer = patch("{\"enabled\":true}");
    assertThat(answer.body())
        .isEqualTo(
            "{\"status\":\"SUCCESS\",\"success\":true,\"warnings\":["
                + "{\"code\":\"STATUS_NOT_TEMPORARY\",\"message\":\"httpStatusCode 403 says that the request was wrong, and clients look for a fault of their own or give up; 503 says that the API is closed for a while, and clients, proxies and search engines know to come back.\"},"
                + "{\"code\":\"NO_RETRY_AFTER\",\"message\":\"Clients are not told when to come back, so each guesses; set endsAt or retryAfterSeconds.\"},"
                + "{\"code\":\"HEALTH_PATHS_CLOSED\",\"message\":\"What asks for the health of the API gets the maintenance response too, at /api/v1/health, /api/v1/healthz, /api/v1/ready, /api/v1/actuator/health; a monitor or load balancer may take the API for broken.\"}]}");
  }

  @ParameterizedTest
  @CsvSource({
    "200, true, true",
    "404, true, true",
    "429, true, true",
    "302, true, false",
    "500, true, false",
    "503, true, false",
    "403, false, false"
  })
  void aStatusThatDoesNotSayThatTheApiComesBackIsWarnedOf(
      int status, boolean enabled, boolean warned) throws Exception {
    String json = "{\"enabled\":%b,\"httpStatusCode\":%d".formatted(enabled, status) + DEPLOY;
    assertThat(codes("PATCH", MODE, json).contains("STATUS_NOT_TEMPORARY")).isEqualTo(warned);
  }

  @Test
  void theStatusOfAVariantCountsToo() throws Exception {
    String json =
        "{\"enabled\":true,\"httpStatusCode\":503,\"retryAfterSeconds\":9,\"variants\":[{\"contentType\":\"text/html\",\"message\":\"\",\"httpStatusCode\":200}]}";
    assertThat(codes("PATCH", MODE, json)).containsExactly("STATUS_NOT_TEMPORARY", HEALTH);
  }

  @Test
  void anOpenApiIsNotWarnedOf() throws Exception {
    assertThat(patch("{\"enabled\":false,\"message\":\"later\"" + DEPLOY).body())
        .doesNotContain("warnings");
    assertThat(post(STAGING).body()).doesNotContain("warnings");
    assertThat(delete(STAGING).body()).doesNotContain("warnings");
  }

  @Test
  void timesThatAreSeldomMeantAreWarnedOf() throws Exception {
    String closed = "{\"enabled\":true,\"httpStatusCode\":503,";
    assertThat(codes("PATCH", MODE, closed + "\"endsAt\":\"" + at(Duration.ofSeconds(60)) + "\"}"))
        .containsExactly("ENDS_SOON", HEALTH);
    assertThat(codes("PATCH", MODE, closed + "\"endsAt\":\"" + at(Duration.ofSeconds(61)) + "\"}"))
        .containsExactly(HEALTH);
    String begun =
        "\"startsAt\":\"%s\",\"endsAt\":\"%s\"}"
            .formatted(at(Duration.ofHours(-1)), at(Duration.ofHours(1)));
    assertThat(codes("PATCH", MODE, closed + begun)).containsExactly("WINDOW_HAS_BEGUN", HEALTH);
    String later =
        "\"startsAt\":\"%s\",\"endsAt\":\"%s\"}"
            .formatted(at(Duration.ofHours(1)), at(Duration.ofHours(2)));
    assertThat(codes("PATCH", MODE, closed + later)).containsExactly(HEALTH);
  }

  @Test
  void aHealthPathThatIsOpenIsNoWarning() throws Exception {
    String closed = "{\"enabled\":true,\"httpStatusCode\":503,\"retryAfterSeconds\":9,";
    assertThat(codes("PATCH", MODE, closed + "\"openPaths\":[\"/health\"]}")).isEmpty();
    assertThat(codes("PATCH", MODE, closed + "\"openPaths\":[\"/other\"]}"))
        .containsExactly(HEALTH);
    assertThat(codes("PATCH", MODE, closed + "\"closedMethods\":[\"POST\"]}")).isEmpty();
  }

  @Test
  void anEnvironmentWithoutADeploymentIsWarnedOf() throws Exception {
    patch("{\"enabled\":true,\"httpStatusCode\":503,\"retryAfterSeconds\":9}");
    assertThat(codes("POST", STAGING, "")).containsExactly(HEALTH, "NOT_DEPLOYED");
    assertThat(codes("POST", STAGING, "")).containsExactly(HEALTH);
    delete(STAGING);
    delete(PRODUCTION);
    assertThat(codes("PATCH", MODE, "{}")).containsExactly(HEALTH, "NOT_DEPLOYED");
    String rollback = PROXY + "deploy-histories/2/rollback/";
    assertThat(codes("POST", rollback, "")).containsExactly(HEALTH, "NOT_DEPLOYED");
    assertThat(codes("POST", rollback + "?environmentName=production", ""))
        .containsExactly(HEALTH, "NOT_DEPLOYED");
    assertThat(codes("POST", rollback + "?environmentName=production", "")).containsExactly(HEALTH);
  }

  @Test
  void aPageThatCanReadNothingIsWarnedOfInADryRun() throws Exception {
    String json =
        "{\"enabled\":true,\"httpStatusCode\":503,\"retryAfterSeconds\":9,\"corsAllowedOrigins\":[\"https://shop.example\"]}";
    assertThat(codes(send("PATCH", MODE, "dryRun=true&origin=https://other.example", json)))
        .containsExactly(HEALTH, "PREFLIGHT_NOT_READABLE");
    assertThat(codes(send("PATCH", MODE, "dryRun=true&origin=https://shop.example", json)))
        .containsExactly(HEALTH);
  }

  @Test
  void aGatewayThatIsBehindIsNamedInADryRun() throws Exception {
    patch("{\"enabled\":true,\"httpStatusCode\":503,\"retryAfterSeconds\":9" + DEPLOY);
    NodeReport late = new NodeReport("production", "late", 1, "10.0.0.1", "test", 99, null);
    server.store.nodes().report(List.of(late));
    JsonNode report =
        JSON.readTree(send("PATCH", MODE, "dryRun=true", "{\"enabled\":false" + DEPLOY).body());
    assertThat(report.path("warnings").toString())
        .isEqualTo(
            "[{\"code\":\"GATEWAYS_BEHIND\",\"message\":\"Gateways of production do not serve yet what is in force, and may take this change late too: late.\"}]");
  }
}
