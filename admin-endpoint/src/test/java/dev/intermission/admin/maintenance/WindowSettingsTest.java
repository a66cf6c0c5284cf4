package dev.intermission.admin.maintenance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.intermission.admin.AdminTest;
import dev.intermission.admin.Http;
import dev.intermission.admin.TestCatalog;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.RetryAfter;
import dev.intermission.api.Window;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From when until when a proxy is closed, and when clients are to come back; now is 10:00 UTC. */
class WindowSettingsTest extends AdminTest {

  private static final String EVENING =
      "\"startsAt\":\"2026-07-01T20:00:00+02:00\",\"endsAt\":\"2026-07-01T19:00:00Z\",\"reopenAtEnd\":true";
  private static final String DEPLOY =
      ",\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"production\"]";
  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonNode result(String target) throws IOException {
    return JSON.readTree(get(target).body()).path("resultList").path(0);
  }

  private MaintenanceSettings saved() {
    return server.saved(TestCatalog.MY_API).settings();
  }

  private void save(String json) throws IOException {
    Http.Answer answer = send(Http.request("PATCH", MODE).token(token()).json(json));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  /** Returns a token that is in force however far the clock is. */
  private String token() {
    return server.tokens.create("operator", Duration.ofHours(1)).secret();
  }

  private void rollBack(int revision) throws IOException {
    String target = PROXY + "deploy-histories/" + revision + "/rollback/";
    Http.Answer answer = send(Http.request("POST", target).token(token()));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  @Test
  void fieldsAreGivenBackAsTheyWereWritten() throws Exception {
    assertThat(result(MODE).size()).isEqualTo(4);
    save("{\"enabled\":true," + EVENING + ",\"retryAfterSeconds\":60,\"retrySpreadSeconds\":30}");
    JsonNode mode = result(MODE);
    assertThat(mode.path("startsAt").asText()).isEqualTo("2026-07-01T20:00:00+02:00");
    assertThat(mode.path("endsAt").asText()).isEqualTo("2026-07-01T19:00:00Z");
    assertThat(mode.path("reopenAtEnd").booleanValue()).isTrue();
    assertThat(mode.path("retryAfterSeconds").intValue()).isEqualTo(60);
    assertThat(mode.path("retrySpreadSeconds").intValue()).isEqualTo(30);
  }

  @Test
  void mergePatchWithNullTakesAFieldBack() throws Exception {
    save("{\"enabled\":true," + EVENING + ",\"retryAfterSeconds\":60}");
    save("{\"endsAt\":null,\"retryAfterSeconds\":null}");
    assertThat(saved().window().endsAt()).isNotNull();
    Http.Answer answer =
        send(
            Http.request("PATCH", MODE)
                .token(server.token("operator"))
                .with("Content-Type", "application/merge-patch+json")
                .body("{\"startsAt\":null,\"retryAfterSeconds\":null}".getBytes(UTF_8)));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(saved().window().startsAt()).isNull();
    assertThat(saved().window().endsAt()).isNotNull();
    assertThat(saved().retryAfter()).isEqualTo(RetryAfter.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"retryAfterSeconds":0}        | retryAfterSeconds: is 0; allowed are 1 to 31536000 seconds (line 1, column 22)
          {"retryAfterSeconds":31536001} | retryAfterSeconds: is 31536001; allowed are 1 to 31536000 seconds (line 1, column 22)
          {"retryAfterSeconds":"60"}     | retryAfterSeconds: is the string "60"; allowed is an integer, without quotes, point and exponent (line 1, column 22)
          {"retrySpreadSeconds":-1}      | retrySpreadSeconds: is -1; allowed are 0 to 3600 seconds (line 1, column 23)
          {"retrySpreadSeconds":3601}    | retrySpreadSeconds: is 3601; allowed are 0 to 3600 seconds (line 1, column 23)
          {"reopenAtEnd":"true"}         | reopenAtEnd: is the string "true"; allowed is a boolean, true or false (line 1, column 16)
          {"endsAt":"2026-07-01T19:00:00"} | endsAt: is no date and time with an offset; allowed is a date and time with an offset (RFC 3339), as in 2026-07-01T18:00:00+02:00 (line 1, column 11)
          {"startsAt":1782900000}        | startsAt: is the number 1782900000; allowed is a string (line 1, column 13)
          {"startsAt":"2026-07-01T19:00:00Z","endsAt":"2026-07-01T20:00:00+02:00"} | endsAt: is 2026-07-01T20:00:00+02:00; allowed is a time later than startsAt, 2026-07-01T19:00:00Z
          {"enabled":true,"endsAt":"2026-07-01T11:59:59+02:00"} | endsAt: is in the past; allowed with enabled=true is a time after 2026-07-01T10:00:00Z (line 1, column 26)
          {"description":5}              | description: is the number 5; allowed is a string (line 1, column 16)
          """)
  void faultIsNamedAndNothingSaved(String body, String fault) throws Exception {
    assertThat(faults(patch(body))).containsExactly(fault);
    assertNothingSaved();
  }

  @Test
  void startAloneIsComparedWithTheSavedEnd() throws Exception {
    save("{\"enabled\":true," + EVENING + "}");
    assertThat(faults(patch("{\"startsAt\":\"2026-07-01T19:00:00Z\"}"))).hasSize(1);
    assertThat(saved().window().startsAt()).hasToString("2026-07-01T20:00:00+02:00");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"enabled\":false}",
        "{\"enabled\":false,\"startsAt\":\"2026-07-02T20:00:00+02:00\",\"reopenAtEnd\":true}"
      })
  void disablingResetsTheWindow(String body) throws Exception {
    save("{\"enabled\":true," + EVENING + ",\"retryAfterSeconds\":60}");
    save(body);
    assertThat(saved().window()).isEqualTo(Window.NONE);
    assertThat(saved().retryAfter().seconds()).isEqualTo(60);
    save("{\"enabled\":true}");
    assertThat(saved().window()).isEqualTo(Window.NONE);
  }

  @Test
  void enablingAfterTheEndResetsWhatTheBodyDoesNotSet() throws Exception {
    save("{\"enabled\":true," + EVENING + "}");
    server.clock.advance(Duration.ofHours(8));
    save("{\"enabled\":true}");
    assertThat(saved().window().reopenAtEnd()).isTrue();

    server.clock.advance(Duration.ofHours(1));
    save("{\"message\":\"the end has passed\"}");
    assertThat(saved().window().reopenAtEnd()).isTrue();
    save("{\"enabled\":true,\"endsAt\":\"2026-07-01T23:00:00Z\"}");
    assertThat(saved().window().startsAt()).isNull();
    assertThat(saved().window().endsAt()).hasToString("2026-07-01T23:00:00Z");
    assertThat(saved().window().reopenAtEnd()).isFalse();

    server.clock.advance(Duration.ofHours(8));
    save("{\"enabled\":true}");
    assertThat(saved().window()).isEqualTo(Window.NONE);
  }

  @Test
  void rollbackBringsNoWindowBackThatHasPassed() throws Exception {
    save("{\"enabled\":true," + EVENING + DEPLOY + "}");
    save("{\"enabled\":false" + DEPLOY + "}");
    rollBack(2);
    assertThat(saved().window().reopenAtEnd()).isTrue();
    server.clock.advance(Duration.ofHours(12));
    rollBack(2);
    assertThat(saved().enabled()).isTrue();
    assertThat(saved().window()).isEqualTo(Window.NONE);
  }

  @Test
  void descriptionIsKeptWithTheDeployment() throws Exception {
    save("{\"enabled\":true,\"description\":\"Database move\"" + DEPLOY + "}");
    save("{\"enabled\":false" + DEPLOY + "}");
    assertThat(result(PROXY + "deploy-histories/2/").path("description").asText())
        .isEqualTo("Database move");
    assertThat(result(PROXY + "deploy-histories/3/").path("description").asText())
        .isEqualTo("Deployed by APIOPS Api");
    assertThat(faults(patch("{\"description\":\"" + "x".repeat(1001) + "\"" + DEPLOY + "}")))
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"0, false", "8, true", "9, false"})
  void eachViewTellsWhatIsInForceNow(int hours, boolean closed) throws Exception {
    save("{\"enabled\":true,\"httpStatusCode\":503," + EVENING + DEPLOY + "}");
    save("{\"enabled\":false}");
    server.clock.advance(Duration.ofHours(hours));
    String maintenance =
        "{\"closed\":%s,\"enabled\":true,\"startsAt\":\"2026-07-01T20:00:00+02:00\",\"endsAt\":\"2026-07-01T19:00:00Z\",\"reopenAtEnd\":true,\"httpStatusCode\":503}"
            .formatted(closed);
    String token = token();
    for (String view :
        new String[] {
          PRODUCTION + "deploy-status/",
          PROXIES,
          PROXY,
          PROXY + "deploy-histories/",
          PROXY + "deploy-histories/2/"
        }) {
      Http.Answer answer = send(Http.request("GET", view).token(token));
      assertThat(answer.body()).as(view).contains("\"maintenance\":" + maintenance);
    }
    assertThat(send(Http.request("GET", PROXY + "deploy-histories/1/").token(token)).body())
        .contains("\"revision\":1")
        .doesNotContain("\"maintenance\"");
  }
}
