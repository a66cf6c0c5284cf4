package dev.intermission.admin.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.admin.AdminTest;
import dev.intermission.admin.Http;
import dev.intermission.admin.TestCatalog;
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

/** Entity tags, and requests that depend on them. */
class PreconditionsTest extends AdminTest {

  private Http.Answer conditional(String header, String value) throws IOException {
    return send(
        Http.request("PATCH", MODE)
            .token(server.token("operator"))
            .with(header, value)
            .json("{\"enabled\":true}"));
  }

  @Test
  void theEntityTagCountsTheChanges() throws Exception {
    assertThat(get(MODE).field("ETag")).isEqualTo("\"1\"");
    assertThat(patch("{\"enabled\":true}").field("ETag")).isEqualTo("\"2\"");
    assertThat(patch("{\"enabled\":true}").field("ETag")).isEqualTo("\"2\"");
    assertThat(get(MODE).field("ETag")).isEqualTo("\"2\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1\"", "*", "\"0\", \"1\"", "W/\"1\",\"a,b\",\t\"1\" , ", ",\"1\""})
  void aPatchWhoseConditionHoldsIsSaved(String tags) throws Exception {
    assertThat(conditional("If-Match", tags).body()).satisfies(AdminTest::assertSaved);
  }

  @Test
  void aPatchOfSettingsThatMovedOnFails() throws Exception {
    for (String tags : new String[] {"\"2\"", "W/\"1\"", "\"\"", "\"11\",\"\u00e91\"", "\"1,\""}) {
      assertRefused(
          conditional("If-Match", tags),
          412,
          "precondition_failed",
          "The settings are not those that the request's condition names; nothing was saved");
      assertNothingSaved();
    }
  }

  @Test
  void aMalformedConditionIsABadRequest() throws Exception {
    for (String tags :
        new String[] {"1", "", "\"1", "\"1\" \"2\"", "w/\"1\"", "*, \"1\"", "\"1\";x", ","}) {
      Http.Answer answer = conditional("If-Match", tags);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).contains("If-Match is '");
      assertNothingSaved();
    }
  }

  @Test
  void conditionsOverSeveralLinesAreOneList() throws Exception {
    Http.Answer answer =
        send(
            Http.request("PATCH", MODE)
                .token(server.token("operator"))
                .with("If-Match", "\"7\"")
                .with("If-Match", "\"1\"")
                .json("{\"enabled\":true}"));
    assertThat(answer.body()).satisfies(AdminTest::assertSaved);
  }

  @Test
  void ifNoneMatchIsHeeded() throws Exception {
    assertThat(conditional("If-None-Match", "*").status()).isEqualTo(412);
    assertThat(conditional("If-None-Match", "W/\"1\"").status()).isEqualTo(412);
    assertNothingSaved();
    Http.Answer known =
        send(
            Http.request("GET", MODE)
                .token(server.token("viewer"))
                .with("If-None-Match", "\"0\", W/\"1\""));
    assertThat(known.status()).isEqualTo(304);
    assertThat(known.field("ETag")).isEqualTo("\"1\"");
    assertThat(known.body()).isEmpty();
    assertThat(conditional("If-None-Match", "\"2\"").body()).satisfies(AdminTest::assertSaved);
  }

  @Test
  void faultsOfTheBodyComeBeforeTheCondition() throws Exception {
    Http.Answer answer =
        send(
            Http.request("PATCH", MODE)
                .token(server.token("operator"))
                .with("If-Match", "\"9\"")
                .json("{\"httpStatusCode\":99}"));
    assertThat(faults(answer)).hasSize(1);
  }

  @Test
  void ofManyPatchesOnTheSameVersionOneWins() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(8);
    try {
      List<Future<Http.Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        String json = "{\"httpStatusCode\":" + (500 + i) + "}";
        answers.add(
            clients.submit(
                () ->
                    send(
                        Http.request("PATCH", MODE)
                            .token(server.token("operator"))
                            .with("If-Match", "\"1\"")
                            .json(json))));
      }
      List<Integer> statuses = new ArrayList<>();
      for (Future<Http.Answer> answer : answers) {
        statuses.add(answer.get(30, TimeUnit.SECONDS).status());
      }
      assertThat(statuses).containsOnlyOnce(200).filteredOn(s -> s == 412).hasSize(7);
      assertThat(server.saved(TestCatalog.MY_API).version()).isEqualTo(2);
    } finally {
      clients.shutdownNow();
    }
  }

  /** The calls besides PATCH that change something, with a condition on the saved settings. */
  @ParameterizedTest
  @CsvSource({
    "POST, environments/staging/",
    "DELETE, environments/production/",
    "POST, deploy-histories/1/rollback/?environmentName=production",
    "DELETE, deploy-histories/1/"
  })
  void everyChangeHeedsItsCondition(String method, String path) throws Exception {
    Http.Answer moved = conditionally(method, path, "If-Match", "\"7\"");
    assertThat(moved.status()).isEqualTo(412);
    assertThat(conditionally(method, path, "If-None-Match", "\"1\"").status()).isEqualTo(412);
    assertThat(conditionally(method, path, "If-Match", "1").status()).isEqualTo(400);
    assertNothingSaved();
    assertThat(conditionally(method, path, "If-Match", "\"1\"").status()).isEqualTo(200);
  }

  @Test
  void conditionOfAChangeThatCanNotBeMadeIsIgnored() throws Exception {
    assertThat(conditionally("DELETE", "environments/staging/", "If-Match", "\"7\"").status())
        .isEqualTo(400);
    assertThat(conditionally("DELETE", "deploy-histories/9/", "If-Match", "\"7\"").status())
        .isEqualTo(400);
  }

  private Http.Answer conditionally(String method, String path, String header, String value)
      throws IOException {
    return send(
        Http.request(method, PROXY + path).token(server.token("admin")).with(header, value));
  }
}
