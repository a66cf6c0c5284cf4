package dev.intermission.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.store.SavedSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of the management API share: a server of their own for each test. */
public abstract class AdminTest {

  public static final String PROXIES = "/apiops/projects/MyProject/apiProxies/";
  public static final String PROXY = PROXIES + "MyAPI/";
  public static final String MODE = PROXY + "settings/maintenance-mode/";
  public static final String PRODUCTION = PROXY + "environments/production/";
  public static final String STAGING = PROXY + "environments/staging/";
  public static final String TOKEN = "/apiops/auth/token";
  public static final String SAVED = "{\"status\":\"SUCCESS\",\"success\":true}";
  public static final SavedSettings UNTOUCHED = new SavedSettings(MaintenanceSettings.DEFAULT, 1);

  private static final ObjectMapper JSON = new ObjectMapper();

  public AdminServer server;

  public AdminOptions options() {
    return AdminOptions.DEFAULTS;
  }

  @BeforeEach
  public void start(@TempDir Path folder) throws Exception {
    server = new AdminServer(folder, options());
  }

  @AfterEach
  public void stop() throws Exception {
    server.stop();
  }

  public Http.Answer send(Http request) throws IOException {
    return request.send(server.port());
  }

  public Http.Answer get(String target) throws IOException {
    return send(Http.request("GET", target).token(server.token("operator")));
  }

  public Http.Answer patch(String json) throws IOException {
    return send(Http.request("PATCH", MODE).token(server.token("operator")).json(json));
  }

  public Http.Answer patchAs(String user, String json) throws IOException {
    return send(Http.request("PATCH", MODE).token(server.token(user)).json(json));
  }

  public Http.Answer post(String target) throws IOException {
    return send(Http.request("POST", target).token(server.token("operator")));
  }

  public Http.Answer delete(String target) throws IOException {
    return send(Http.request("DELETE", target).token(server.token("operator")));
  }

  public void assertNothingSaved() {
    assertThat(server.saved(TestCatalog.MY_API)).isEqualTo(UNTOUCHED);
    assertThat(server.store.settings().version("production")).isEqualTo(1);
    assertThat(server.store.settings().version("staging")).isZero();
  }

  /** Asserts that the body is refused, and returns its faults as "field: message". */
  public static List<String> faults(Http.Answer answer) throws IOException {
    JsonNode body = JSON.readTree(answer.body());
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(body.path("error").asText()).isEqualTo("bad_request");
    assertThat(body.path("resultMessage")).isEqualTo(body.path("error_description"));
    List<String> faults = new ArrayList<>();
    body.path("errors")
        .forEach(e -> faults.add(e.path("field").asText() + ": " + e.path("message").asText()));
    return faults;
  }

  /**
   * Asserts an error without a list of fields, in the envelope and with the fields of every one.
   */
  public static void assertRefused(Http.Answer answer, int status, String error, String text) {
    assertThat(answer.body())
        .isEqualTo(
            "{\"status\":\"FAILURE\",\"resultMessage\":\"%2$s\",\"error\":\"%1$s\",\"error_description\":\"%2$s\"}"
                .formatted(error, text.replace("\"", "\\\"")));
    assertThat(answer.status()).isEqualTo(status);
    // Jetty writes charsets in lower case, whatever it is told.
    assertThat(answer.field("Content-Type"))
        .isEqualToIgnoringCase("application/json;charset=UTF-8");
    assertThat(answer.field("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.field("X-Correlation-Id"))
        .isNotEmpty()
        .isEqualTo(answer.field("APINIZER-CORRELATION-ID"));
  }

  public static void assertUnauthorized(Http.Answer answer, String text, String challenge) {
    assertRefused(answer, 401, "unauthorized_client", text);
    assertThat(answer.field("WWW-Authenticate")).isEqualTo(challenge);
  }

  /** Asserts that a change was saved and nothing deployed, whatever is seldom meant in it. */
  public static void assertSaved(String body) {
    assertThat(timeless(body)).isEqualTo(SAVED);
  }

  /** Returns a body as it is if nothing takes any time, without what each closure is warned of. */
  public static String timeless(String body) {
    return body.replaceAll("\"responseTime\":[0-9]+", "\"responseTime\":0")
        .replaceAll(
            "\\{\"code\":\"(STATUS_NOT_TEMPORARY|NO_RETRY_AFTER|HEALTH_PATHS_CLOSED|NOT_DEPLOYED)\",\"message\":\"[^\"]*\"},?",
            "")
        .replace("},]", "}]")
        .replace(",\"warnings\":[]", "");
  }
}
