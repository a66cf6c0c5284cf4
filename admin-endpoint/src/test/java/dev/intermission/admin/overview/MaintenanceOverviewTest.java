package dev.intermission.admin.overview;

import static dev.intermission.admin.TestCatalog.MY_API;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.intermission.admin.AdminServer;
import dev.intermission.admin.AdminTest;
import dev.intermission.admin.Http;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyCounts;
import dev.intermission.api.ProxyId;
import dev.intermission.api.SnapshotFeed;
import dev.intermission.api.store.DeploymentRequest;
import dev.intermission.api.store.NodeReport;
import dev.intermission.api.store.ToldCounts;
import dev.intermission.feed.CountsReport;
import dev.intermission.store.JdbcStore;
import dev.intermission.store.StoreConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is closed now, in one call. */
class MaintenanceOverviewTest extends AdminTest {

  private static final String OVERVIEW = "/apiops/maintenance/";
  private static final String CLOSE =
      """
      {"enabled":true,"httpStatusCode":503,"deploy":true,"deployTargetEnvironmentNameList":["production"]}""";
  private static final String NOBODY_SERVES = "{\"serving\":0,\"live\":0,\"behind\":0}";

  private Path folder = Path.of("");

  @Override
  @BeforeEach
  public void start(@TempDir Path folder) throws Exception {
    super.start(folder);
    this.folder = folder;
  }

  private Http.Answer as(String user, String query) throws IOException {
    return send(Http.request("GET", OVERVIEW + query).token(server.token(user)));
  }

  /** Returns the results as "project/name in environment". */
  private List<String> found(String user, String query) throws IOException {
    Http.Answer answer = as(user, query);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    List<String> found = new ArrayList<>();
    for (JsonNode line : results(answer)) {
      found.add(
          line.path("project").asText()
              + "/"
              + line.path("name").asText()
              + " in "
              + line.path("environmentName").asText());
    }
    return found;
  }

  private static JsonNode results(Http.Answer answer) throws IOException {
    return new ObjectMapper().readTree(answer.body()).path("resultList");
  }

  private static NodeReport live(String name, long servedVersion) {
    return new NodeReport("production", name, servedVersion, "127.0.0.1", "", 1, null);
  }

  private JsonNode myApi() throws IOException {
    return results(as("operator", "?environment=production&q=myapi")).path(0);
  }

  private static String page(int total, String... lines) {
    return """
    {"status":"SUCCESS","success":true,"resultList":[%s],"resultCount":%d,"page":1,"size":1000,"totalCount":%d}"""
        .formatted(String.join(",", lines), lines.length, total);
  }

  private static String undeployed(String name, String categories, String environment) {
    return """
    {"project":"MyProject","name":"%s","categoryList":[%s],"environmentName":"%s","deployed":false,"closed":false,\
    "since":null,"username":null,"startsAt":null,"endsAt":null,"reopenAtEnd":false,"httpStatusCode":null,"revision":null,\
    "redeployRequired":false,"nodes":%s,"requests":null}"""
        .formatted(name, categories, environment, NOBODY_SERVES);
  }

  @Test
  void everyApiOfTheCallersProjectsIsToldInEachEnvironment() throws Exception {
    server.clock.advance(Duration.ofMinutes(5));
    assertThat(patch(CLOSE).status()).isEqualTo(200);
    assertThat(patch("{\"message\":\"later\"}").status()).isEqualTo(200);

    assertThat(as("viewer", "").body())
        .isEqualTo(
            page(
                6,
                undeployed("MyAPI", "\"orders\"", "idle"),
                """
                {"project":"MyProject","name":"MyAPI","categoryList":["orders"],"environmentName":"production","deployed":true,\
                "closed":true,"since":"2026-07-01T10:05:00Z","username":"operator","startsAt":null,"endsAt":null,\
                "reopenAtEnd":false,"httpStatusCode":503,"revision":2,"redeployRequired":true,"nodes":%s,"requests":{"inFlight":0,"letIn":0,\
                "lastMinute":{"answers":0,"admitted":0,"bypassed":0},"sinceClosure":{"answers":0,"admitted":0,"bypassed":0}}}"""
                    .formatted(NOBODY_SERVES),
                undeployed("MyAPI", "\"orders\"", "staging"),
                undeployed("a/b é;x=1", "", "idle"),
                undeployed("a/b é;x=1", "", "production"),
                undeployed("a/b é;x=1", "", "staging")));
  }

  @Test
  void usersSeeTheProjectsOfWhichTheyAreMembers() throws Exception {
    assertThat(found("admin", "?environment=production"))
        .containsExactly(
            "MyProject/MyAPI in production",
            "MyProject/a/b é;x=1 in production",
            "OtherProject/Odd in production",
            "OtherProject/OtherAPI in production");
    assertThat(found("outsider", "?environment=production"))
        .containsExactly("OtherProject/Odd in production", "OtherProject/OtherAPI in production");
    assertThat(as("nobody", "").body()).isEqualTo(page(0));
    // It learns which environments there are as little as anything else.
    assertThat(as("nobody", "?environment=mars").body()).isEqualTo(page(0));
    assertRefused(
        as("outsider", "?project=MyProject"),
        400,
        "bad_request",
        "Project (MyProject) is not found!");
    assertUnauthorized(
        send(Http.request("GET", OVERVIEW)),
        "Empty Key! Client must be authenticated to access this resource.",
        "Bearer");
  }

  @Test
  void filtersAreCombined() throws Exception {
    patch(CLOSE);
    assertThat(found("admin", "?closed=true")).containsExactly("MyProject/MyAPI in production");
    assertThat(found("admin", "?closed=false&environment=production"))
        .containsExactly(
            "MyProject/a/b é;x=1 in production",
            "OtherProject/Odd in production",
            "OtherProject/OtherAPI in production");
    assertThat(found("admin", "?closed=true&project=OtherProject")).isEmpty();
    assertThat(found("admin", "?category=orders&environment=staging"))
        .containsExactly("MyProject/MyAPI in staging");
    assertThat(found("admin", "?category=Orders")).isEmpty();
    assertThat(found("admin", "?q=OTHERAPI&environment=idle"))
        .containsExactly("OtherProject/OtherAPI in idle");
    assertThat(found("admin", "?q=%C3%89&environment=idle"))
        .containsExactly("MyProject/a/b é;x=1 in idle");
    assertThat(found("admin", "?q=.*")).isEmpty();
    assertThat(found("admin", "?q=otherp&environment=idle")).hasSize(2);
  }

  @Test
  void resultsComeInPages() throws Exception {
    List<String> all = found("admin", "");
    assertThat(all).hasSize(12);
    List<String> paged = new ArrayList<>();
    for (int page = 1; page <= 3; page++) {
      JsonNode body = new ObjectMapper().readTree(as("admin", "?size=5&page=" + page).body());
      assertThat(body.path("page").asInt()).isEqualTo(page);
      assertThat(body.path("size").asInt()).isEqualTo(5);
      assertThat(body.path("totalCount").asInt()).isEqualTo(12);
      assertThat(body.path("resultCount").asInt()).isEqualTo(body.path("resultList").size());
      paged.addAll(found("admin", "?size=5&page=" + page));
    }
    assertThat(paged).isEqualTo(all);
    assertThat(found("admin", "?size=5&page=4")).isEmpty();
    assertThat(found("admin", "?size=1000&page=2147483647")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "closed=yes, closed is 'yes'; allowed are true and false",
    "closed=, closed is ''; allowed are true and false",
    "counts=0, counts is '0'; allowed are true and false",
    "page=0, page is '0'; allowed is a whole number from 1 to 2147483647",
    "page=2147483648, page is '2147483648'; allowed is a whole number from 1 to 2147483647",
    "size=1001, size is '1001'; allowed is a whole number from 1 to 1000",
    "size=x, size is 'x'; allowed is a whole number from 1 to 1000",
    "environment=mars, Environment (mars) is not found!",
    "project=mars, Project (mars) is not found!",
    "page=1&page=2, The query has page more than once"
  })
  void queryIsReadStrictly(String query, String text) throws Exception {
    assertRefused(as("admin", "?" + query), 400, "bad_request", text);
  }

  @Test
  void unknownParameterIsRefused() throws Exception {
    assertThat(as("admin", "?Closed=true").body())
        .contains("The query has the parameter 'Closed'; allowed is ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
  void callIsReadAlone(String method) throws Exception {
    Http.Answer answer = send(Http.request(method, OVERVIEW).token(server.token("admin")));
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.field("Allow")).isEqualTo("GET, HEAD, OPTIONS");
  }

  @Test
  void answerIsNotSentAgainUntilItIsAnotherOne() throws Exception {
    Http.Answer first = as("operator", "");
    String etag = first.field("ETag");
    assertThat(etag).startsWith("\"");
    Http known =
        Http.request("GET", OVERVIEW).token(server.token("operator")).with("If-None-Match", etag);
    Http.Answer again = send(known);
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(again.field("ETag")).isEqualTo(etag);

    patch("{\"message\":\"saved alone\"}");
    Http.Answer changed = send(known);
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.field("ETag")).isNotEqualTo(etag);
    assertThat(myApi().path("redeployRequired").asBoolean()).isTrue();
  }

  @Test
  void countsMakeItAnotherOneUnlessTheyAreLeftOut() throws Exception {
    patch(CLOSE);
    server.store.nodes().report(List.of(live("gateway-2", 1)));
    tellAnswers(1);
    String counted = as("operator", "").field("ETag");
    Http.Answer uncounted = as("operator", "?counts=false");
    assertThat(results(uncounted).findValues("requests")).hasSize(6).allMatch(JsonNode::isNull);
    tellAnswers(2);
    assertThat(myApi().path("requests").path("sinceClosure").path("answers").asInt()).isEqualTo(2);
    assertThat(as("operator", "").field("ETag")).isNotEqualTo(counted);
    assertThat(as("operator", "?counts=false").field("ETag")).isEqualTo(uncounted.field("ETag"));
  }

  private void tellAnswers(long answers) {
    ProxyCounts counts =
        new ProxyCounts(new ProxyId("MyProject", "MyAPI"), true, answers, 0, 0, 0, 0);
    CountsReport report = new CountsReport(0, answers, 1, true, true, List.of(counts), List.of());
    server
        .store
        .nodes()
        .tellCounts(List.of(new ToldCounts("production", "gateway-2", answers, report.json())));
  }

  @Test
  void windowClosesAndOpensWithTheClock() throws Exception {
    patch(
        """
        {"enabled":true,"startsAt":"2026-07-01T13:00:00+02:00","endsAt":"2026-07-01T12:00:00Z","reopenAtEnd":true,\
        "deploy":true,"deployTargetEnvironmentNameList":["production"]}""");
    assertThat(myApi().path("closed").asBoolean()).isFalse();
    assertThat(myApi().path("since").asText()).isEqualTo("2026-07-01T10:00:00Z");
    assertThat(myApi().path("startsAt").asText()).isEqualTo("2026-07-01T13:00:00+02:00");
    assertThat(found("operator", "?closed=true")).isEmpty();

    // A token lives for an hour, and it is asked about a moment before that.
    server.clock.advance(Duration.ofHours(1).minusMillis(1));
    assertThat(myApi().path("closed").asBoolean()).isFalse();
    server.clock.advance(Duration.ofMillis(1));
    String token = server.tokens.create("operator", Duration.ofDays(1)).secret();
    JsonNode closed =
        results(send(Http.request("GET", OVERVIEW + "?closed=true").token(token))).path(0);
    assertThat(closed.path("since").asText()).isEqualTo("2026-07-01T11:00:00Z");
    assertThat(closed.path("username").asText()).isEqualTo("operator");
    server.clock.advance(Duration.ofHours(1));
    JsonNode opened =
        results(
                send(
                    Http.request("GET", OVERVIEW + "?q=MyAPI&environment=production").token(token)))
            .path(0);
    assertThat(opened.path("closed").asBoolean()).isFalse();
    assertThat(opened.path("since").asText()).isEqualTo("2026-07-01T12:00:00Z");
    assertThat(opened.path("reopenAtEnd").asBoolean()).isTrue();
  }

  @Test
  void changeByAnotherAdminNodeIsInTheNextAnswer() throws Exception {
    assertThat(found("operator", "?closed=true")).isEmpty();
    MaintenanceSettings closed =
        MaintenanceSettings.DEFAULT.withResponse(
            503, MaintenanceSettings.DEFAULT.contentType(), "Back soon");
    try (JdbcStore other = JdbcStore.open(StoreConfig.inFolder(folder), Clock.systemUTC())) {
      for (int round = 1; round <= 20; round++) {
        boolean enabled = round % 2 == 1;
        other
            .settings()
            .update(
                MY_API,
                saved ->
                    enabled
                        ? new MaintenanceSettings(true, 503, closed.contentType(), "Back soon")
                        : closed,
                List.of(DeploymentRequest.to("production")),
                AdminServer.SETUP);
        assertThat(found("operator", "?closed=true")).hasSize(enabled ? 1 : 0);
        assertThat(myApi().path("revision").asInt()).isEqualTo(1 + round);
        assertThat(myApi().path("username").asText()).isEqualTo("setup");
      }
    }
  }

  @Test
  void gatewaysAreCountedByWhatTheyServe() throws Exception {
    SnapshotFeed.Subscription gateway = server.feed.follow("production", snapshot -> {});
    try {
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () ->
                  assertThat(myApi().path("nodes").toString())
                      .isEqualTo("{\"serving\":1,\"live\":1,\"behind\":0}"));
      assertThat(
              results(as("operator", "?environment=production&q=x=1"))
                  .path(0)
                  .path("nodes")
                  .toString())
          .isEqualTo("{\"serving\":0,\"live\":1,\"behind\":0}");
    } finally {
      gateway.close();
    }
  }

  @Test
  void gatewayThatHasNotTakenAChangeIsBehind() throws Exception {
    server.store.nodes().report(List.of(live("gateway-2", 1)));
    assertThat(myApi().path("nodes").toString())
        .isEqualTo("{\"serving\":1,\"live\":1,\"behind\":0}");

    server
        .store
        .settings()
        .update(
            MY_API,
            saved -> saved.settings(),
            List.of(DeploymentRequest.to("production")),
            AdminServer.SETUP);
    assertThat(myApi().path("nodes").toString())
        .isEqualTo("{\"serving\":0,\"live\":1,\"behind\":1}");
    server.store.nodes().report(List.of(live("gateway-3", 7)));
    assertThat(myApi().path("nodes").toString())
        .isEqualTo("{\"serving\":0,\"live\":2,\"behind\":2}");
  }
}
