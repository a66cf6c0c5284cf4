package dev.intermission.admin.maintenance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.admin.AdminOptions;
import dev.intermission.admin.AdminTest;
import dev.intermission.admin.Http;
import dev.intermission.admin.TestCatalog;
import dev.intermission.api.ContentType;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.store.SavedSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading and changing the maintenance mode. */
class MaintenanceModeTest extends AdminTest {

  private static final String CLOSED =
      "{\"enabled\":true,\"httpStatusCode\":503,\"contentType\":\"text/plain\",\"message\":\"Back at six\"}";
  private static final MaintenanceSettings CLOSED_SETTINGS =
      new MaintenanceSettings(true, 503, ContentType.parse("text/plain"), "Back at six");

  private MaintenanceSettings settings() {
    return server.saved(TestCatalog.MY_API).settings();
  }

  private Http.Answer mergePatch(String json) throws IOException {
    return send(
        Http.request("PATCH", MODE)
            .token(server.token("operator"))
            .with("Content-Type", "application/merge-patch+json")
            .body(json.getBytes(UTF_8)));
  }

  @Test
  void aProxyNeverConfiguredHasTheDefaults() throws Exception {
    assertThat(get(MODE).body())
        .isEqualTo(
            "{\"status\":\"SUCCESS\",\"success\":true,\"resultList\":[{\"enabled\":false,\"httpStatusCode\":403,"
                + "\"contentType\":\"application/json; charset=utf-8\",\"message\":\"{\\\"fault\\\":"
                + "{\\\"correlationId\\\":\\\"#CORRELATIONID#\\\",\\\"faultCode\\\":\\\"#FAULTCODE#\\\","
                + "\\\"faultString\\\":\\\"#FAULTMESSAGE#\\\",\\\"faultStatusCode\\\":"
                + "\\\"#FAULTSTATUSCODE#\\\",\\\"responseFromApi\\\":\\\"#RESPONSEFROMAPI#\\\"}}\"}],"
                + "\"resultCount\":1}");
  }

  @Test
  void aPatchOfEveryFieldIsSaved() throws Exception {
    assertThat(patch(CLOSED).body()).satisfies(AdminTest::assertSaved);
    assertThat(server.saved(TestCatalog.MY_API)).isEqualTo(new SavedSettings(CLOSED_SETTINGS, 2));
    assertThat(get(MODE).body())
        .isEqualTo(
            "{\"status\":\"SUCCESS\",\"success\":true,\"resultList\":["
                + CLOSED
                + "],\"resultCount\":1}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"enabled\":false}|false|503|text/plain|Back at six",
        "{\"httpStatusCode\":200}|true|200|text/plain|Back at six",
        "{\"contentType\":\"a/b;c=\\\"d\\\"\"}|true|503|a/b;c=\"d\"|Back at six",
        "{\"message\":\"z\\u0075r\u00fcck\"}|true|503|text/plain|zur\u00fcck"
      })
  void aFieldThatIsNotThereKeepsItsValue(
      String json, boolean enabled, int status, String contentType, String message)
      throws Exception {
    patch(CLOSED);
    assertThat(patch(json).body()).satisfies(AdminTest::assertSaved);
    assertThat(settings())
        .isEqualTo(
            new MaintenanceSettings(enabled, status, ContentType.parse(contentType), message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "206|take the message for a part of a larger one|Content-Range",
        "401|conclude that they must log in|WWW-Authenticate",
        "405|conclude that their method is wrong|Allow",
        "407|conclude that they must log in to a proxy|Proxy-Authenticate",
        "416|conclude that they asked for a wrong range|Content-Range",
        "426|conclude that they must change their protocol|Upgrade"
      })
  void aStatusThatDemandsFieldsIsSavedWithAWarning(int status, String clients, String field)
      throws Exception {
    String warned =
        """
        {"status":"SUCCESS","success":true,"warnings":[{"code":"STATUS_DEMANDS_FIELDS",\
        "message":"With httpStatusCode %s clients %s, and the answer gets the field %s, \
        which HTTP demands; 503 says that the API is closed for a while."}]}"""
            .formatted(status, clients, field);
    assertThat(patch("{\"httpStatusCode\":%s}".formatted(status)).body()).isEqualTo(warned);
    assertThat(settings().httpStatusCode()).isEqualTo(status);
    assertThat(timeless(patch("{\"enabled\":true}").body())).isEqualTo(warned);
    assertThat(patch("{\"httpStatusCode\":503}").body()).satisfies(AdminTest::assertSaved);
  }

  @Test
  void anEmptyPatchChangesNothing() throws Exception {
    patch(CLOSED);
    assertThat(patch(" {\n} ").body()).satisfies(AdminTest::assertSaved);
    assertThat(mergePatch("{}").body()).satisfies(AdminTest::assertSaved);
    assertThat(server.saved(TestCatalog.MY_API)).isEqualTo(new SavedSettings(CLOSED_SETTINGS, 2));
  }

  @Test
  void nullKeepsInPlainJson() throws Exception {
    patch(CLOSED);
    assertThat(
            patch(
                    "{\"enabled\":null,\"httpStatusCode\":null,\"contentType\":null,\"message\":null,"
                        + "\"deploy\":null,\"deployTargetEnvironmentNameList\":null}")
                .body())
        .satisfies(AdminTest::assertSaved);
    assertThat(settings()).isEqualTo(CLOSED_SETTINGS);
  }

  @Test
  void nullResetsInAMergePatch() throws Exception {
    patch(CLOSED);
    assertThat(mergePatch("{\"httpStatusCode\":null,\"deploy\":null}").body())
        .satisfies(AdminTest::assertSaved);
    assertThat(settings())
        .isEqualTo(
            new MaintenanceSettings(
                true, 403, CLOSED_SETTINGS.contentType(), CLOSED_SETTINGS.message()));
    assertThat(
            mergePatch(
                    "{\"enabled\":null,\"contentType\":null,\"message\":null,\"deployTargetEnvironmentNameList\":null}")
                .body())
        .satisfies(AdminTest::assertSaved);
    assertThat(settings()).isEqualTo(MaintenanceSettings.DEFAULT);
  }

  @Test
  void aMergePatchIsAsStrict() throws Exception {
    assertThat(faults(mergePatch("{\"enabled\":1,\"enable\":null}"))).hasSize(2);
    assertNothingSaved();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/json;charset=UTF-8",
        "Application/JSON; Charset=\"utf-8\""
      })
  void theMediaTypeMayBeSpelledInAnyWay(String type) throws Exception {
    Http.Answer answer =
        send(
            Http.request("PATCH", MODE)
                .token(server.token("operator"))
                .with("Content-Type", type)
                .with("Content-Encoding", "identity")
                .body("{\"enabled\":true}".getBytes(UTF_8))
                .chunked());
    assertThat(answer.body()).satisfies(AdminTest::assertSaved);
  }

  @Test
  void everyStatusWithABodyIsSaved() throws Exception {
    for (int status :
        new int[] {200, 202, 203, 207, 300, 301, 303, 305, 307, 403, 418, 500, 503, 599}) {
      assertThat(patch("{\"httpStatusCode\":" + status + "}").body())
          .satisfies(AdminTest::assertSaved);
      assertThat(settings().httpStatusCode()).isEqualTo(status);
    }
  }

  @Test
  void anyTextIsAMessageUpToTheLimit() throws Exception {
    assertThat(patch("{\"message\":\"\"}").body()).satisfies(AdminTest::assertSaved);
    assertThat(settings().message()).isEmpty();
    assertThat(patch("{\"message\":\"\\u0000\\r\\n\\ud83d\\ude00\"}").body())
        .satisfies(AdminTest::assertSaved);
    assertThat(settings().message()).isEqualTo("\0\r\n\ud83d\ude00");
    String longest = "\u00e9".repeat(32_768);
    assertThat(patch("{\"message\":\"" + longest + "\"}").body()).satisfies(AdminTest::assertSaved);
    assertThat(settings().message()).isEqualTo(longest);
  }

  @Test
  void aKeptMessageMustFitANewCharset() throws Exception {
    patch("{\"message\":\"f\u00fcr\"}");
    assertThat(faults(patch("{\"contentType\":\"text/plain; charset=us-ascii\"}")))
        .containsExactly(
            "message: has the character U+00FC at index 1, which the charset US-ASCII lacks");
    assertThat(settings().contentType()).isEqualTo(MaintenanceSettings.DEFAULT.contentType());
    patch("{\"message\":\"" + "x".repeat(40_000) + "\"}");
    assertThat(faults(patch("{\"contentType\":\"text/plain; charset=utf-16le\"}")))
        .containsExactly("message: has 80000 bytes in UTF-16LE, allowed are 65536");
  }

  @Test
  void aMessageIsNotBlamedForACharsetThatGoesAway() throws Exception {
    patch("{\"contentType\":\"text/plain; charset=us-ascii\",\"message\":\"\"}");
    assertThat(faults(patch("{\"contentType\":\"text\",\"message\":\"f\u00fcr\"}")))
        .singleElement()
        .asString()
        .startsWith("contentType: ");
    assertThat(faults(patch("{\"httpStatusCode\":99,\"message\":\"f\u00fcr\"}"))).hasSize(2);
  }

  @Test
  void aListWithoutDeployIsIgnored() throws Exception {
    assertThat(patch("{\"enabled\":true,\"deployTargetEnvironmentNameList\":[\"moon\"]}").body())
        .satisfies(AdminTest::assertSaved);
    assertThat(
            patch("{\"enabled\":false,\"deploy\":false,\"deployTargetEnvironmentNameList\":[]}")
                .body())
        .satisfies(AdminTest::assertSaved);
    assertThat(server.store.settings().version("production")).isEqualTo(1);
  }

  @Test
  void concurrentPatchesOfDifferentFieldsAllSurvive() throws Exception {
    List<String> patches =
        List.of(
            "{\"enabled\":true}",
            "{\"httpStatusCode\":503}",
            "{\"contentType\":\"text/plain\"}",
            "{\"message\":\"Back at six\"}");
    ExecutorService clients = Executors.newFixedThreadPool(patches.size());
    try {
      for (int round = 0; round < 10; round++) {
        mergePatch(
            "{\"enabled\":null,\"httpStatusCode\":null,\"contentType\":null,\"message\":null}");
        List<Future<Http.Answer>> answers = new ArrayList<>();
        for (String json : patches) {
          answers.add(clients.submit(() -> patch(json)));
        }
        for (Future<Http.Answer> answer : answers) {
          assertThat(answer.get(30, TimeUnit.SECONDS).body()).satisfies(AdminTest::assertSaved);
        }
        assertThat(settings()).isEqualTo(CLOSED_SETTINGS);
      }
    } finally {
      clients.shutdownNow();
    }
  }

  @Test
  void aPatchWithoutTheLastSlashIsSaved() throws Exception {
    Http.Answer answer =
        send(
            Http.request("PATCH", MODE.substring(0, MODE.length() - 1))
                .token(server.token("operator"))
                .json("{\"enabled\":true}"));
    assertThat(answer.body()).satisfies(AdminTest::assertSaved);
  }

  @Test
  void anEncodedSlashAndParameterBelongToTheName() throws Exception {
    String path = PROXIES + "a%2fb%20%C3%A9%3Bx=1/settings/maintenance-mode/";
    Http.Answer answer =
        send(
            Http.request("PATCH", path).token(server.token("operator")).json("{\"enabled\":true}"));
    assertThat(answer.body()).satisfies(AdminTest::assertSaved);
    SavedSettings saved = server.saved(TestCatalog.SLASHED);
    assertThat(saved.settings().enabled()).isTrue();
    assertNothingSaved();
  }

  @Test
  void aBodyAtTheLimitIsRead() throws Exception {
    int limit = AdminOptions.DEFAULTS.bodyLimit();
    String json = "{\"enabled\":true" + " ".repeat(limit - 16) + "}";
    assertThat(patch(json).body()).satisfies(AdminTest::assertSaved);
  }
}
