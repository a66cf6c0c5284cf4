package dev.intermission.admin.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.intermission.admin.AdminTest;
import dev.intermission.api.ProxyCounts;
import dev.intermission.api.ProxyId;
import dev.intermission.api.SnapshotFeed;
import dev.intermission.api.store.NodeReport;
import dev.intermission.api.store.ToldCounts;
import dev.intermission.feed.CountsReport;
import dev.intermission.gate.Gate;
import dev.intermission.gate.GateOptions;
import dev.intermission.gate.InFlight;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When it is safe to begin: what is in flight to a closed API, and whether it is drained. */
class DrainedTest extends AdminTest {

  private static final ProxyId MY_API = new ProxyId("MyProject", "MyAPI");
  private static final String HEALTH = PRODUCTION + "route-health/";
  private static final String DEPLOY =
      ",\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"production\"]}";
  private static final String CLOSE = "{\"enabled\":true,\"message\":\"one\"" + DEPLOY;
  private static final String CLOSE_OTHERWISE = "{\"enabled\":true,\"message\":\"two\"" + DEPLOY;
  private static final String OPEN = "{\"enabled\":false" + DEPLOY;

  private final Gate gate = new Gate(GateOptions.FOR_FEED);
  private final AtomicLong stamps = new AtomicLong();
  private Path folder = Path.of("");
  private SnapshotFeed.Subscription gateway = () -> {};

  @Override
  @BeforeEach
  public void start(@TempDir Path folder) throws Exception {
    this.folder = folder;
    super.start(folder);
    gate.inFlight().begin();
    gateway = server.feed.follow("production", gate::publish, gate);
    await().until(gate::ready);
  }

  @Override
  @AfterEach
  public void stop() throws Exception {
    gateway.close();
    gate.close();
    super.stop();
  }

  private JsonNode health() throws IOException {
    return health("");
  }

  private JsonNode health(String query) throws IOException {
    return new ObjectMapper().readTree(get(HEALTH + query).body()).path("resultList").path(0);
  }

  private boolean isDrained() throws IOException {
    return health().path("drained").booleanValue();
  }

  /** Returns why it is not drained, without the seconds that a gateway is silent. */
  private List<String> obstacles() throws IOException {
    JsonNode health = health();
    return health
        .path("notDrained")
        .valueStream()
        .map(
            each ->
                each.path("code").asText()
                    + " "
                    + each.path("message").asText().replaceAll("[0-9]+ s ago", "N s ago"))
        .toList();
  }

  /** Returns what is in flight at the gateways, as "name inFlight letIn". */
  private List<String> inFlight() throws IOException {
    return health()
        .path("pods")
        .valueStream()
        .map(
            pod -> pod.path("name").asText() + " " + pod.path("inFlight") + " " + pod.path("letIn"))
        .toList();
  }

  private InFlight.Entry enter() {
    return gate.inFlight().enter(MY_API, false);
  }

  private long newest() {
    return server.store.settings().version("production");
  }

  /** Has a gateway elsewhere report that it serves this version. */
  private void report(String node, long version) {
    server
        .store
        .nodes()
        .report(List.of(new NodeReport("production", node, version, "", "test", 1, null)));
  }

  private void report(String node, long version, String run) {
    server
        .store
        .nodes()
        .report(List.of(new NodeReport("production", node, version, "", "test", 1, null, run)));
  }

  private void tell(String node, long version, String run) {
    long number = stamps.incrementAndGet();
    CountsReport report = new CountsReport(0, number, version, true, true, List.of(), List.of());
    server
        .store
        .nodes()
        .tellCounts(
            List.of(new ToldCounts("production", node, number, report.json(), run, number)));
  }

  /** Has a gateway elsewhere tell what it counted while it served this version. */
  private void tell(String node, long version, boolean countsInFlight, ProxyCounts... counts) {
    CountsReport report =
        new CountsReport(0, 1, version, countsInFlight, true, Arrays.asList(counts), List.of());
    server
        .store
        .nodes()
        .tellCounts(
            List.of(new ToldCounts("production", node, stamps.incrementAndGet(), report.json())));
  }

  /**
   * Has a gateway elsewhere be silent for a minute since it reported that it serves this version.
   */
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

  /**
   * Has a gateway elsewhere tell what it counted, with too many closed APIs to tell all of them.
   */
  private void tellSome(String node, ProxyCounts counts) {
    CountsReport report = new CountsReport(0, 1, newest(), true, false, List.of(counts), List.of());
    server
        .store
        .nodes()
        .tellCounts(
            List.of(new ToldCounts("production", node, stamps.incrementAndGet(), report.json())));
  }

  private static ProxyCounts ofAnother(int inFlight, int letIn) {
    return new ProxyCounts(new ProxyId("MyProject", "Other"), true, 1, 0, 0, inFlight, letIn);
  }

  private static ProxyCounts inFlight(int passed) {
    return new ProxyCounts(MY_API, true, 0, 0, 0, passed, 0);
  }

  @Test
  void closedApiIsDrainedWhenTheLastRequestThatPassedIsOver() throws Exception {
    InFlight.Entry one = enter();
    InFlight.Entry other = enter();
    assertThat(inFlight()).containsExactly("gateway-1 null null");
    assertThat(isDrained()).isFalse();
    patch(CLOSE);
    assertThat(inFlight()).containsExactly("gateway-1 2 0");
    assertThat(isDrained()).isFalse();
    one.leave();
    assertThat(inFlight()).containsExactly("gateway-1 1 0");
    assertThat(isDrained()).isFalse();
    other.leave();
    assertThat(inFlight()).containsExactly("gateway-1 0 0");
    assertThat(isDrained()).isTrue();
    patch(OPEN);
    assertThat(inFlight()).containsExactly("gateway-1 null null");
    assertThat(isDrained()).isFalse();
  }

  @Test
  void whatIsLetInOnPurposeDoesNotMatter() throws Exception {
    patch(CLOSE);
    InFlight.Entry letIn = gate.inFlight().enter(MY_API, true);
    assertThat(inFlight()).containsExactly("gateway-1 0 1");
    assertThat(isDrained()).isTrue();
    letIn.leave();
  }

  @Test
  void undeployedApiIsNotDrained() throws Exception {
    delete(PRODUCTION);
    assertThat(isDrained()).isFalse();
    assertThat(inFlight()).containsExactly("gateway-1 null null");
  }

  @Test
  void withoutALiveGatewayNothingIsDrained() throws Exception {
    patch(CLOSE);
    gateway.close();
    assertThat(isDrained()).isFalse();
  }

  @Test
  void windowIsTakenFromWhatTheGatewayHasClosed() throws Exception {
    patch(
        "{\"enabled\":true,\"startsAt\":\"2026-07-01T09:00:00Z\",\"endsAt\":\"2126-07-01T09:00:00Z\""
            + DEPLOY);
    assertThat(inFlight()).containsExactly("gateway-1 0 0");
    assertThat(isDrained()).isTrue();
    patch("{\"startsAt\":\"2125-07-01T09:00:00Z\",\"endsAt\":\"2126-07-01T09:00:00Z\"" + DEPLOY);
    assertThat(inFlight()).containsExactly("gateway-1 null null");
    assertThat(isDrained()).isFalse();
  }

  @Test
  void eachLiveGatewayMustHaveToldAfterTheClosure() throws Exception {
    patch(CLOSE);
    long closed = newest();
    report("elsewhere", closed);
    assertThat(isDrained()).as("told nothing").isFalse();
    tell("elsewhere", closed - 1, true);
    assertThat(isDrained()).as("told before").isFalse();
    tell("elsewhere", closed, false);
    assertThat(isDrained()).as("does not count").isFalse();
    assertThat(inFlight()).containsExactly("elsewhere null null", "gateway-1 0 0");
    tell("elsewhere", closed, true, inFlight(3));
    assertThat(inFlight()).containsExactly("elsewhere 3 0", "gateway-1 0 0");
    assertThat(isDrained()).isFalse();
    tell("elsewhere", closed, true);
    assertThat(inFlight()).containsExactly("elsewhere 0 0", "gateway-1 0 0");
    assertThat(isDrained()).isTrue();

    patch(CLOSE_OTHERWISE);
    assertThat(isDrained()).as("closed all the time").isTrue();
    patch(OPEN);
    patch(CLOSE);
    assertThat(isDrained()).as("was open in between").isFalse();
    report("elsewhere", newest());
    assertThat(isDrained()).as("told before it was open").isFalse();
    tell("elsewhere", newest(), true);
    assertThat(isDrained()).isTrue();
  }

  @Test
  void gatewayThatIsSilentSinceItServedTheApiOpenKeepsItFromBeingDrained() throws Exception {
    reportedAMinuteAgo("elsewhere", newest());
    tell("elsewhere", newest(), true);
    patch(CLOSE);
    assertThat(isDrained()).isFalse();
    server.store.nodes().remove("production", "elsewhere");
    assertThat(isDrained()).isTrue();
  }

  @Test
  void gatewayThatIsSilentSinceItServedTheApiClosedDoesNot() throws Exception {
    patch(CLOSE);
    reportedAMinuteAgo("elsewhere", newest());
    tell("elsewhere", newest(), true, inFlight(1));
    assertThat(isDrained()).as("something was in flight").isFalse();
    tell("elsewhere", newest(), true);
    assertThat(isDrained()).isTrue();
    patch(CLOSE_OTHERWISE);
    assertThat(isDrained()).isTrue();
    patch(OPEN);
    patch(CLOSE);
    assertThat(isDrained()).as("it may have served it open since").isFalse();
  }

  @Test
  void gatewayThatIsSilentAndDidNotServeTheApiDoesNot() throws Exception {
    delete(PRODUCTION);
    reportedAMinuteAgo("elsewhere", newest());
    tell("elsewhere", newest(), true);
    patch(CLOSE);
    assertThat(isDrained()).isTrue();
  }

  @Test
  void gatewayThatIsSilentSinceTheApiWasUndeployedMayHaveRequestsFromBeforeInFlight()
      throws Exception {
    delete(PRODUCTION);
    reportedAMinuteAgo("elsewhere", newest());
    patch(CLOSE);
    assertThat(isDrained()).as("told nothing").isFalse();
    tell("elsewhere", newest() - 1, false);
    assertThat(isDrained()).as("does not count").isFalse();
    tell("elsewhere", newest() - 1, true, new ProxyCounts(MY_API, false, 0, 0, 0, 1, 0));
    assertThat(isDrained()).as("something was in flight").isFalse();
    tell("elsewhere", newest() - 1, true);
    assertThat(isDrained()).isTrue();
  }

  @Test
  void countsOfAnEarlierProcessAreNotTakenForThoseOfAGatewayThatWasStartedAgain() throws Exception {
    patch(CLOSE);
    report("elsewhere", newest(), "first");
    tell("elsewhere", newest(), "first");
    assertThat(isDrained()).isTrue();
    report("elsewhere", newest(), "second");
    assertThat(obstacles())
        .containsExactly(
            "NOT_TOLD The gateway elsewhere has not told yet what is in flight since the API was"
                + " closed.");
    tell("elsewhere", newest(), "second");
    assertThat(isDrained()).isTrue();
  }

  @Test
  void silentGatewayThatNeverHadASnapshotKeepsItFromBeingDrained() throws Exception {
    patch(CLOSE);
    reportedAMinuteAgo("elsewhere", 0);
    assertThat(isDrained()).isFalse();
  }

  @Test
  void requestThatPassedBeforeTheFirstSnapshotKeepsEachApiFromBeingDrained() throws Exception {
    patch(CLOSE);
    gateway.close();
    Gate passing =
        new Gate(
            GateOptions.FOR_FEED.withBeforeFirstSnapshot(GateOptions.BeforeFirstSnapshot.PASS));
    try {
      passing.inFlight().begin();
      InFlight.Entry entry = passing.inFlight().enterUnknown();
      gateway = server.feed.follow("production", passing::publish, passing);
      await().until(passing::ready);
      await().untilAsserted(() -> assertThat(inFlight()).containsExactly("gateway-1 null null"));
      assertThat(health("?waitDrained=1").path("drained").booleanValue()).isFalse();
      entry.leave();
      assertThat(health("?waitDrained=25").path("drained").booleanValue()).isTrue();
      assertThat(inFlight()).containsExactly("gateway-1 0 0");
    } finally {
      passing.close();
    }
  }

  @Test
  void answerSaysWhyItIsNotDrained() throws Exception {
    assertThat(health().has("notDrained")).as("it is open").isFalse();
    reportedAMinuteAgo("serves-open", newest());
    InFlight.Entry one = enter();
    InFlight.Entry other = enter();
    patch(CLOSE);
    long closed = newest();
    report("counts-nothing", closed);
    tell("counts-nothing", closed, false);
    report("told-before", closed);
    tell("told-before", closed - 1, true);
    report("behind", closed - 1);
    reportedAMinuteAgo("silent-busy", closed);
    tell("silent-busy", closed, true, inFlight(1));
    reportedAMinuteAgo("silent-untold", closed);
    assertThat(obstacles())
        .containsExactly(
            "GATEWAY_BEHIND The gateway behind does not serve the API closed yet.",
            "NOT_COUNTED The gateway counts-nothing does not tell what is in flight: it does not"
                + " count each request until it is over (a front without the count, or one that a"
                + " WebSocket has passed), or one is in flight that passed before its first snapshot.",
            "IN_FLIGHT 2 requests are in flight at the gateway gateway-1.",
            "GATEWAY_SILENT The gateway serves-open was last heard of N s ago, and it may still"
                + " serve the API open.",
            "GATEWAY_SILENT The gateway silent-busy was last heard of N s ago, and 1 request is in"
                + " flight there by what it told last.",
            "GATEWAY_SILENT The gateway silent-untold was last heard of N s ago, and it has not"
                + " told what is in flight.",
            "NOT_TOLD The gateway told-before has not told yet what is in flight since the API was"
                + " closed.");
    for (String node :
        List.of(
            "serves-open",
            "behind",
            "counts-nothing",
            "told-before",
            "silent-busy",
            "silent-untold")) {
      server.store.nodes().remove("production", node);
    }
    one.leave();
    assertThat(obstacles())
        .containsExactly("IN_FLIGHT 1 request is in flight at the gateway gateway-1.");
    other.leave();
    assertThat(health().has("notDrained")).as("it is drained").isFalse();
    gateway.close();
    assertThat(obstacles()).containsExactly("NO_GATEWAY No gateway of production is live.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"endsAt\":\"2099-01-01T00:00:00Z\","})
  void apiThatIsLeftOutOfTooManyIsDrainedWhereOneThatIsToldHasNothingInFlight(String end)
      throws Exception {
    patch(CLOSE.replace("{", "{" + end));
    report("elsewhere", newest());
    tellSome("elsewhere", ofAnother(1, 0));
    assertThat(inFlight()).contains("elsewhere null null");
    assertThat(obstacles())
        .containsExactly(
            "NOT_TOLD The gateway elsewhere has not told yet what is in flight since the API was"
                + " closed.");
    tellSome("elsewhere", ofAnother(0, 2));
    assertThat(inFlight()).contains("elsewhere 0 null");
    assertThat(isDrained()).isTrue();
    tellSome("elsewhere", ofAnother(0, 0));
    assertThat(inFlight()).contains("elsewhere 0 0");
    assertThat(isDrained()).isTrue();
    reportedAMinuteAgo("silent", newest());
    tellSome("silent", ofAnother(1, 0));
    assertThat(isDrained()).isFalse();
    tellSome("silent", ofAnother(0, 0));
    assertThat(isDrained()).isTrue();
  }

  /** Whether it is closed there is up to the clock of the gateway. */
  @Test
  void apiThatTheTimeOpensMustBeTold() throws Exception {
    patch(CLOSE.replace("{", "{\"endsAt\":\"2099-01-01T00:00:00Z\",\"reopenAtEnd\":true,"));
    report("elsewhere", newest());
    tellSome("elsewhere", ofAnother(0, 0));
    assertThat(isDrained()).isFalse();
    tellSome("elsewhere", inFlight(0));
    assertThat(isDrained()).isTrue();
  }

  @Test
  void callsThatWaitAreLimited() throws Exception {
    InFlight.Entry entry = enter();
    patch(CLOSE);
    List<CompletableFuture<Integer>> waiting = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(DrainWaits.OF_USER);
    try {
      for (int i = 0; i < DrainWaits.OF_USER; i++) {
        waiting.add(
            CompletableFuture.supplyAsync(
                () -> {
                  try {
                    return get(HEALTH + "?waitDrained=25").status();
                  } catch (IOException e) {
                    throw new IllegalStateException(e);
                  }
                },
                threads));
      }
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> get(HEALTH + "?waitDrained=1").status() == 429);
      assertThat(get(HEALTH).status()).isEqualTo(200);
      entry.leave();
      for (CompletableFuture<Integer> each : waiting) {
        assertThat(each.get()).isIn(200, 429);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void callWaitsUntilTheApiIsDrained() throws Exception {
    InFlight.Entry entry = enter();
    patch(CLOSE);
    CompletableFuture<JsonNode> waiting =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return health("?waitDrained=25");
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    assertThat(health("?waitDrained=1").path("drained").booleanValue()).isFalse();
    assertThat(waiting).isNotDone();
    entry.leave();
    assertThat(waiting.get().path("drained").booleanValue()).isTrue();
    assertThat(waiting.get().path("pods").path(0).path("inFlight").intValue()).isZero();
    assertThat(health("?waitDrained=25").path("drained").booleanValue()).isTrue();
  }

  @Test
  void callThatWaitsHearsOfGatewaysElsewhere() throws Exception {
    patch(CLOSE);
    report("elsewhere", newest());
    CompletableFuture<JsonNode> waiting =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return health("?waitDrained=25");
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    assertThat(health("?waitDrained=1").path("drained").booleanValue()).isFalse();
    tell("elsewhere", newest(), true);
    assertThat(waiting.get().path("drained").booleanValue()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "26", "-1", "1.5", "", "x", "020"})
  void otherTimesToWaitAreRefused(String seconds) throws Exception {
    assertThat(get(HEALTH + "?waitDrained=" + seconds).status()).isEqualTo(400);
  }

  @Test
  void otherParametersAreRefused() throws Exception {
    assertThat(get(HEALTH + "?wait=1").status()).isEqualTo(400);
  }
}
