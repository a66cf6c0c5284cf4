package dev.intermission.admin.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.intermission.admin.AdminOptions;
import dev.intermission.admin.AdminTest;
import dev.intermission.admin.Http;
import dev.intermission.admin.TestClock;
import dev.intermission.api.Snapshot;
import dev.intermission.api.SnapshotFeed;
import dev.intermission.api.store.NodeReport;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What gateways really serve. */
class RouteHealthTest extends AdminTest {

  private static final String HEALTH = PRODUCTION + "route-health/";
  private static final String CLOSE =
      "{\"enabled\":true,\"httpStatusCode\":503,\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"production\"]}";
  private static final String OPEN_MODE =
      "\"maintenanceMode\":{\"enabled\":false,\"httpStatusCode\":403,\"closed\":false}";
  private static final String CLOSED_MODE =
      "\"maintenanceMode\":{\"enabled\":true,\"httpStatusCode\":503,\"closed\":true}";

  private Path folder = Path.of("");
  private volatile long newestTaken = Long.MAX_VALUE;
  private SnapshotFeed.Subscription gateway = () -> {};

  @Override
  public AdminOptions options() {
    AdminOptions defaults = AdminOptions.DEFAULTS;
    return new AdminOptions(
        defaults.bodyLimit(),
        defaults.messageLimit(),
        Duration.ZERO,
        defaults.tokenLifetime(),
        defaults.attemptLimits());
  }

  @Override
  @BeforeEach
  public void start(@TempDir Path folder) throws Exception {
    this.folder = folder;
    super.start(folder);
  }

  @Override
  @AfterEach
  public void stop() throws Exception {
    gateway.close();
    super.stop();
  }

  /** Starts a gateway in this process, which takes no version above {@link #newestTaken}. */
  private void startGateway(String environment) {
    gateway = server.feed.follow(environment, this::take);
  }

  private void take(Snapshot snapshot) {
    if (snapshot.version() > newestTaken) {
      throw new IllegalStateException("not this one");
    }
  }

  /** Has a gateway elsewhere report that it serves this version. */
  private void report(String node, long version) {
    server
        .store
        .nodes()
        .report(List.of(new NodeReport("production", node, version, "10.0.0.1", "test", 1, null)));
  }

  /** Has a gateway elsewhere be silent for a minute since it reported. */
  private void reportedAMinuteAgo(String node, long version) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("intermission.db"));
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO node (environment, name, served_version, heartbeat, last_seen, address, software) VALUES ('production', ?, ?, 1, ?, '', '')")) {
      insert.setString(1, node);
      insert.setLong(2, version);
      insert.setLong(3, Instant.now().minusSeconds(60).toEpochMilli());
      insert.executeUpdate();
    }
  }

  private JsonNode health() throws IOException {
    return new ObjectMapper().readTree(get(HEALTH).body()).path("resultList").path(0);
  }

  private static String ofOne(String record) {
    return "{\"status\":\"SUCCESS\",\"success\":true,\"resultList\":["
        + record
        + "],\"resultCount\":1}";
  }

  /** Returns the whole answer of an environment with one gateway, in this process. */
  private static String withOnePod(
      boolean routeActive, String store, boolean inconsistent, String pod) {
    String route = "\"servedPath\":%s,\"methods\":[\"ALL\"],";
    String servedPath = route.formatted(routeActive ? "\"/api/v1\"" : "null");
    return ofOne(
        "{\"routeActive\":%s,%s\"apinizerRootContext\":\"\",\"podsResponded\":1,\"podsActive\":%d,%s,\"inconsistent\":%s,\"drained\":false,\"pods\":[{\"name\":\"gateway-1\",\"active\":true,\"lastSeen\":\"2026-07-01T10:00:00Z\",\"clockOffsetMillis\":0,%s,\"inconsistent\":%s,\"inFlight\":null,\"letIn\":null,%s\"workerPodIp\":\"127.0.0.1\",\"apinizerRootContext\":\"\",\"error\":null}]}"
            .formatted(
                routeActive,
                servedPath,
                routeActive ? 1 : 0,
                store,
                inconsistent,
                pod,
                inconsistent,
                servedPath));
  }

  private static String deployed(long revision) {
    return "\"deployedInManager\":true,\"revision\":" + revision;
  }

  /** Waits for an answer, whatever it says of what is in flight. */
  private void awaitHealth(String expected) {
    await()
        .untilAsserted(
            () ->
                assertThat(get(HEALTH).body().replaceAll("\"notDrained\":\\[[^]]*],", ""))
                    .isEqualTo(expected));
  }

  /** Returns pods as "name active routeActive revision enabled inconsistent". */
  private List<String> pods() throws IOException {
    return health().path("pods").valueStream().map(RouteHealthTest::line).toList();
  }

  private static String line(JsonNode pod) {
    return "%s %s %s %s %s %s"
        .formatted(
            pod.path("name").asText(),
            pod.path("active"),
            pod.path("routeActive"),
            pod.path("revision"),
            pod.path("maintenanceMode").path("enabled").asText("-"),
            pod.path("inconsistent"));
  }

  @Test
  void anEnvironmentWithoutGatewaysServesNothing() throws Exception {
    assertThat(get(HEALTH).body())
        .isEqualTo(
            ofOne(
                "{\"routeActive\":false,\"servedPath\":null,\"methods\":[\"ALL\"],\"apinizerRootContext\":\"\",\"podsResponded\":0,\"podsActive\":0,\"deployedInManager\":true,\"revision\":1,\"inconsistent\":false,\"drained\":false,\"pods\":[]}"));
  }

  @Test
  void aGatewayInStepServesWhatTheStoreHas() throws Exception {
    startGateway("production");
    awaitHealth(
        withOnePod(
            true,
            deployed(1),
            false,
            "\"servedVersion\":1,\"routeActive\":true,\"revision\":1," + OPEN_MODE));
    patch(CLOSE);
    awaitHealth(
        withOnePod(
            true,
            deployed(2),
            false,
            "\"servedVersion\":2,\"routeActive\":true,\"revision\":2," + CLOSED_MODE));
    patch("{\"enabled\":false}");
    assertThat(get(HEALTH).body()).contains(CLOSED_MODE, "\"inconsistent\":false");
  }

  @Test
  void aGatewayWhoseWindowHasNotBegunIsNotClosed() throws Exception {
    startGateway("production");
    patch(CLOSE.replace("{", "{\"startsAt\":\"2100-01-01T00:00:00Z\","));
    awaitHealth(
        withOnePod(
            true,
            deployed(2),
            false,
            "\"servedVersion\":2,\"routeActive\":true,\"revision\":2,"
                + CLOSED_MODE.replace("true}", "false}")));
  }

  @Test
  void aGatewayBehindServesAnOlderRevision() throws Exception {
    newestTaken = 1;
    startGateway("production");
    patch(CLOSE);
    awaitHealth(
        withOnePod(
            true,
            deployed(2),
            true,
            "\"servedVersion\":1,\"routeActive\":true,\"revision\":1," + OPEN_MODE));
    newestTaken = 2;
    awaitHealth(
        withOnePod(
            true,
            deployed(2),
            false,
            "\"servedVersion\":2,\"routeActive\":true,\"revision\":2," + CLOSED_MODE));
  }

  @Test
  void aGatewayThatMissedAnUndeploymentIsAnOrphan() throws Exception {
    newestTaken = 1;
    startGateway("production");
    awaitHealth(
        withOnePod(
            true,
            deployed(1),
            false,
            "\"servedVersion\":1,\"routeActive\":true,\"revision\":1," + OPEN_MODE));
    delete(PRODUCTION);
    awaitHealth(
        withOnePod(
            true,
            "\"deployedInManager\":false,\"revision\":null",
            true,
            "\"servedVersion\":1,\"routeActive\":true,\"revision\":1," + OPEN_MODE));
    newestTaken = 2;
    awaitHealth(
        withOnePod(
            false,
            "\"deployedInManager\":false,\"revision\":null",
            false,
            "\"servedVersion\":2,\"routeActive\":false,\"revision\":null,\"maintenanceMode\":null"));
  }

  @Test
  void aGatewayWithoutItsFirstSnapshotServesNothing() throws Exception {
    newestTaken = 0;
    startGateway("production");
    awaitHealth(
        withOnePod(
            false,
            deployed(1),
            true,
            "\"servedVersion\":0,\"routeActive\":false,\"revision\":null,\"maintenanceMode\":null"));
  }

  @Test
  void aDeploymentOfAnotherProxyChangesNothing() throws Exception {
    report("a", 1);
    send(
        Http.request("POST", PROXIES + "a%2Fb%20%C3%A9%3Bx=1/environments/production/")
            .token(server.token("operator")));
    assertThat(server.store.settings().version("production")).isEqualTo(2);
    assertThat(pods()).containsExactly("a true true 1 false false");
  }

  @Test
  void gatewaysOfAllAdminNodesAreToldByName() throws Exception {
    patch(CLOSE);
    post(PRODUCTION);
    report("b", 3);
    report("a", 2);
    report("c", 1);
    reportedAMinuteAgo("d", 3);
    assertThat(pods())
        .containsExactly(
            "a true true 2 true true",
            "b true true 3 true false",
            "c true true 1 false true",
            "d false false 3 true false");
    assertThat(health().path("podsResponded").asInt()).isEqualTo(3);
    assertThat(health().path("podsActive").asInt()).isEqualTo(3);
  }

  @Test
  void aStaleGatewayCountsWithWhatItServedLast() throws Exception {
    reportedAMinuteAgo("a", 1);
    assertThat(pods()).containsExactly("a false false 1 false false");
    JsonNode inStep = health();
    assertThat(inStep.path("inconsistent").asBoolean()).isFalse();
    assertThat(inStep.path("routeActive").asBoolean()).isFalse();
    assertThat(inStep.path("podsResponded").asInt()).isZero();
    assertThat(Instant.parse(inStep.path("pods").path(0).path("lastSeen").asText()))
        .isBeforeOrEqualTo(TestClock.START.minusSeconds(60));
    patch(CLOSE);
    assertThat(pods()).containsExactly("a false false 1 false true");
    // Nobody knows what a silent gateway serves now, so it makes nothing inconsistent as a whole.
    assertThat(health().path("inconsistent").asBoolean()).isFalse();
    assertThat(health().path("pods").path(0).path("error").asText())
        .matches("The gateway was last heard of [0-9]+ s ago");
    delete(PRODUCTION);
    assertThat(pods()).containsExactly("a false false 1 false true");
  }

  @Test
  void whatADeletedRecordHadIsNotKnown() throws Exception {
    report("a", 1);
    report("b", 2);
    report("c", 3);
    patch(CLOSE);
    post(PRODUCTION);
    delete(PROXY + "deploy-histories/1/");
    delete(PROXY + "deploy-histories/3/");
    assertThat(pods())
        .containsExactly(
            "a true null null - true", "b true null null - true", "c true true 3 true false");
    assertThat(health().path("podsActive").asInt()).isEqualTo(1);
  }

  @Test
  void aVersionThatTheStoreDoesNotHaveIsNotKnown() throws Exception {
    report("a", 9);
    assertThat(pods()).containsExactly("a true null null - true");
  }

  @Test
  void aRouteIsActiveOnlyIfEachLiveGatewayServesIt() throws Exception {
    report("a", 1);
    report("b", 0);
    JsonNode partly = health();
    assertThat(partly.path("routeActive").asBoolean()).isFalse();
    assertThat(partly.path("servedPath").asText()).isEqualTo("/api/v1");
    assertThat(partly.path("podsResponded").asInt()).isEqualTo(2);
    assertThat(partly.path("podsActive").asInt()).isEqualTo(1);
    assertThat(partly.path("inconsistent").asBoolean()).isTrue();
    assertThat(partly.path("pods").path(0).path("workerPodIp").asText()).isEqualTo("10.0.0.1");
    assertThat(partly.path("pods").path(0).path("servedPath").asText()).isEqualTo("/api/v1");
    assertThat(partly.path("pods").path(1).path("servedPath").isNull()).isTrue();
    report("b", 1);
    assertThat(health().path("routeActive").asBoolean()).isTrue();
  }

  @Test
  void environmentsAreApart() throws Exception {
    startGateway("staging");
    report("a", 1);
    patch(CLOSE.replace("production", "staging"));
    await()
        .untilAsserted(
            () ->
                assertThat(get(STAGING + "route-health/").body())
                    .contains("\"name\":\"gateway-1\"", "\"revision\":2", CLOSED_MODE)
                    .contains("\"podsResponded\":1", "\"inconsistent\":false"));
    assertThat(pods()).containsExactly("a true true 1 false false");
  }

  @Test
  void whatIsNotThereHasNoHealth() throws Exception {
    assertRefused(
        get(PROXY + "environments/moon/route-health/"),
        400,
        "bad_request",
        "Environment (moon) is not found!");
    assertRefused(
        get(PROXIES + "No/environments/production/route-health/"),
        400,
        "bad_request",
        "ApiProxy with name (No) is not found!");
    assertThat(get(PROXY + "environments/idle/route-health/").body())
        .contains("\"deployedInManager\":false,\"revision\":null,\"inconsistent\":false");
  }
}
