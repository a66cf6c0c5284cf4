package dev.intermission.admin.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.intermission.admin.AdminOptions;
import dev.intermission.admin.AdminTest;
import dev.intermission.admin.Http;
import dev.intermission.admin.TestCatalog;
import dev.intermission.admin.TestClock;
import dev.intermission.admin.access.AttemptLimits;
import dev.intermission.api.Snapshot;
import dev.intermission.api.SnapshotFeed;
import dev.intermission.api.TraceWindow;
import dev.intermission.api.store.NodeReport;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What of the trace settings is in force, and what a deployment takes with it. */
class TraceDeploymentTest extends AdminTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TRACE = PROXY + "settings/trace/";
  private static final String ON = "\"enableTraceLog\":true,\"environmentName\":\"production\"";
  private static final String IN_PRODUCTION =
      ",\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"production\"]";
  private static final String CLOSE =
      "{\"enabled\":true,\"httpStatusCode\":503,\"retryAfterSeconds\":60,\"openPaths\":[\"/health\"]";
  private static final Instant NOW = TestClock.START;
  private static final TraceWindow FROM_NOW = window(NOW);

  private final AtomicReference<Snapshot> taken =
      new AtomicReference<>(Snapshot.empty("production"));

  private Snapshot taken() {
    return Objects.requireNonNull(taken.get());
  }

  @Override
  public AdminOptions options() {
    return new AdminOptions(
        1 << 20, 1 << 16, Duration.ofMillis(100), Duration.ofHours(1), AttemptLimits.DEFAULTS);
  }

  private static TraceWindow window(Instant from) {
    return new TraceWindow(from, from.plus(Duration.ofMinutes(5)));
  }

  private Http.Answer trace(String fields) throws IOException {
    Http.Answer answer =
        send(Http.request("PATCH", TRACE).token(server.token("operator")).json("{" + fields + "}"));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  private @Nullable TraceWindow served(String environment) {
    return server.store.settings().changesSince(environment, 0).deployed().stream()
        .filter(proxy -> proxy.id().equals(TestCatalog.MY_API))
        .findFirst()
        .orElseThrow()
        .parts()
        .trace();
  }

  private JsonNode result(String target) throws IOException {
    return JSON.readTree(get(target).body()).path("resultList").path(0);
  }

  private boolean redeployRequired(String environment) throws IOException {
    boolean required =
        result(PROXY + "environments/" + environment + "/deploy-status/")
            .path("redeployRequired")
            .asBoolean();
    for (JsonNode at : result(PROXY).path("deploymentList")) {
      if (at.path("environmentName").asText().equals(environment)) {
        assertThat(at.path("redeployRequired").asBoolean()).isEqualTo(required);
      }
    }
    JsonNode line =
        result("/apiops/maintenance/?project=MyProject&q=MyAPI&environment=" + environment);
    assertThat(line.path("redeployRequired").asBoolean()).isEqualTo(required);
    return required;
  }

  private static List<String> warnings(Http.Answer answer) throws IOException {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body()).path("warnings").findValuesAsText("message").stream()
        .toList();
  }

  private static List<String> codes(Http.Answer answer) throws IOException {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body()).path("warnings").findValuesAsText("code");
  }

  @Test
  void itIsSavedAndThenDeployedWithTheMaintenanceSettings() throws Exception {
    trace(ON);
    assertThat(served("production")).isNull();
    assertThat(redeployRequired("production")).isTrue();
    assertThat(redeployRequired("staging")).isFalse();
    assertThat(result(TRACE).path("redeployRequired").asBoolean()).isTrue();

    Http.Answer closed = patch(CLOSE + IN_PRODUCTION + "}");

    assertThat(warnings(closed))
        .containsExactly(
            "The trace settings that were saved before and not deployed in production are deployed there with this change.");
    assertThat(codes(closed)).containsExactly("SAVED_SETTINGS_DEPLOYED");
    assertThat(served("production")).isEqualTo(FROM_NOW);
    assertThat(redeployRequired("production")).isFalse();
    assertThat(result(TRACE).toString())
        .endsWith(
            """
            "redeployRequired":false,"inForce":[{"environmentName":"production","startTime":"2026-07-01T10:00:00Z",\
            "stopTime":"2026-07-01T10:05:00Z","active":true}]}""");
    server.clock.advance(Duration.ofMinutes(5));
    assertThat(result(TRACE).path("inForce").path(0).path("active").asBoolean()).isFalse();
    assertThat(redeployRequired("production")).isFalse();
  }

  @Test
  void aChangeThatDeploysTakesTheMaintenanceSettingsWithItAndWaitsForTheGateways()
      throws Exception {
    try (SnapshotFeed.Subscription gateway = server.feed.follow("production", taken::set)) {
      assertThat(gateway).isNotNull();
      await().until(() -> taken().version() == 1);
      patch(CLOSE + "}");
      Http.Answer answer = trace(ON + IN_PRODUCTION);
      assertThat(timeless(answer.body()))
          .isEqualTo(
              """
              {"status":"SUCCESS","success":true,"deploymentResult":{"success":true,"responseTime":0,\
              "detailList":[{"envName":"production","podName":"gateway-1","podIp":"127.0.0.1","success":true,"detail":"Deployment successful","responseTime":0}],\
              "deploymentResults":[{"environmentName":"production","success":true,"message":"Deployment successful"}]},\
              "warnings":[{"code":"SAVED_SETTINGS_DEPLOYED","message":"The maintenance settings that were saved before and not deployed in production are deployed there with this change."}]}""");
      assertThat(taken().version()).isEqualTo(2);
      assertThat(taken().proxies().values())
          .filteredOn(proxy -> proxy.id().equals(TestCatalog.MY_API))
          .extracting(proxy -> proxy.settings().enabled(), proxy -> proxy.parts().trace())
          .containsExactly(tuple(true, FROM_NOW));
    }
    assertThat(codes(trace(ON + IN_PRODUCTION))).isEmpty();
  }

  @Test
  void aGatewayThatIsBehindIsNamed() throws Exception {
    CountDownLatch stuck = new CountDownLatch(1);
    try (SnapshotFeed.Subscription gateway =
        server.feed.follow(
            "production",
            snapshot -> {
              if (snapshot.version() > 1) {
                awaitQuietly(stuck);
              }
              taken.set(snapshot);
            })) {
      assertThat(gateway).isNotNull();
      await().until(() -> taken().version() == 1);
      Http.Answer answer = trace(ON + IN_PRODUCTION);
      assertThat(codes(answer)).containsExactly("GATEWAYS_BEHIND");
      assertThat(JSON.readTree(answer.body()).at("/deploymentResult/success").asBoolean())
          .isFalse();
      assertThat(served("production")).isEqualTo(FROM_NOW);
      stuck.countDown();
      await().until(() -> taken().version() == 2);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aLaterDeploymentDoesNotBeginTheWindowAnewAndAskingForItDoes() throws Exception {
    trace(ON + IN_PRODUCTION);
    server.clock.advance(Duration.ofMinutes(3));
    assertThat(codes(post(PRODUCTION))).isEmpty();
    trace("\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"production\"]");
    assertThat(served("production")).isEqualTo(FROM_NOW);

    server.clock.advance(Duration.ofMinutes(40));
    Http.Answer without =
        trace("\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"production\"]");
    assertThat(codes(without)).containsExactly("TRACE_ENDED");
    assertThat(warnings(without).get(0)).startsWith("The window ended at 2026-07-01T10:05:00Z, ");
    assertThat(served("production")).isEqualTo(FROM_NOW);

    assertThat(codes(trace("\"enableTraceLog\":true"))).containsExactly("TRACE_NOT_DEPLOYED");
    assertThat(redeployRequired("production")).isTrue();
    Http.Answer deployed = post(PRODUCTION);
    assertThat(codes(deployed)).containsExactly("SAVED_SETTINGS_DEPLOYED");
    assertThat(served("production")).isEqualTo(window(server.clock.instant()));
    assertThat(redeployRequired("production")).isFalse();
  }

  @Test
  void aWindowInThePastIsAcceptedAndRecordsNothing() throws Exception {
    Http.Answer answer =
        trace(
            ON
                + ",\"startTime\":\"2026-06-30T10:00:00Z\",\"stopTime\":\"2026-07-01T10:00:00Z\""
                + IN_PRODUCTION);
    assertThat(codes(answer)).containsExactly("TRACE_ENDED");
    assertThat(result(TRACE).path("inForce").path(0).path("active").asBoolean()).isFalse();
    assertThat(codes(trace("\"enableTraceLog\":true")))
        .containsExactly("TRACE_ENDED", "TRACE_NOT_DEPLOYED");
    assertThat(redeployRequired("production")).isFalse();
    assertThat(codes(trace("\"enableTraceLog\":false" + IN_PRODUCTION))).isEmpty();
    assertThat(served("production")).isNull();
  }

  @Test
  void anEndedWindowIsToldOfWithWhatBeginsAnotherOneThoughNothingIsDeployed() throws Exception {
    String ended = "The window ended at 2026-07-01T10:05:00Z, so nothing is recorded; ";
    trace(ON + IN_PRODUCTION);
    assertThat(codes(trace("\"enableTraceLog\":null"))).isEmpty();
    server.clock.advance(Duration.ofMinutes(40));
    assertThat(warnings(trace("\"enableTraceLog\":null")))
        .containsExactly(ended + "enableTraceLog once more begins another one with a deployment.");
    assertThat(warnings(trace("\"stopTime\":\"2026-07-01T10:05:00Z\"")))
        .containsExactly(
            ended
                + "enableTraceLog once more, with a later stopTime, begins another one with a deployment.");
    assertThat(warnings(trace("\"startTime\":\"2026-07-01T10:00:00Z\"" + IN_PRODUCTION)))
        .containsExactly(
            ended
                + "a later startTime, with a later stopTime, begins another one with a deployment.");
    assertThat(
            codes(
                trace(
                    "\"startTime\":\"2026-07-01T10:40:00Z\",\"stopTime\":\"2026-07-01T10:45:00Z\""
                        + IN_PRODUCTION)))
        .isEmpty();
    assertThat(result(TRACE).at("/inForce/0/active").asBoolean()).isTrue();
  }

  @Test
  void aWindowThatTheNextDeploymentBeginsHasNotEnded() throws Exception {
    trace(ON + IN_PRODUCTION);
    server.clock.advance(Duration.ofMinutes(40));
    assertThat(codes(trace("\"enableTraceLog\":true"))).containsExactly("TRACE_NOT_DEPLOYED");
    assertThat(codes(trace("\"stopTime\":\"2026-07-01T11:00:00Z\""))).isEmpty();
    post(PRODUCTION);
    assertThat(served("production"))
        .isEqualTo(new TraceWindow(server.clock.instant(), Instant.parse("2026-07-01T11:00:00Z")));
  }

  @Test
  void inAnotherEnvironmentTheWindowBeginsAnew() throws Exception {
    trace(ON + IN_PRODUCTION);
    server.clock.advance(Duration.ofMinutes(20));
    Instant moved = server.clock.instant();
    trace(
        "\"environmentName\":\"staging\",\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"staging\"]");
    assertThat(served("staging")).isEqualTo(window(moved));
    server.clock.advance(Duration.ofMinutes(20));
    assertThat(codes(trace("\"environmentName\":\"production\"" + IN_PRODUCTION))).isEmpty();
    assertThat(served("production")).isEqualTo(window(server.clock.instant()));
  }

  @Test
  void anEndWithoutABeginningIsAtMostADayAfterTheDeployment() throws Exception {
    trace(ON + ",\"stopTime\":\"2026-07-05T10:00:00Z\"" + IN_PRODUCTION);
    assertThat(served("production")).isEqualTo(new TraceWindow(NOW, NOW.plus(Duration.ofDays(1))));
  }

  @Test
  void elsewhereADeploymentRecordsNothingAndEndsWhatWasThere() throws Exception {
    post(STAGING);
    trace(ON + IN_PRODUCTION);
    Http.Answer answer =
        trace(
            "\"enableTraceLog\":true,\"environmentName\":\"staging\",\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"production\"]");
    assertThat(codes(answer)).containsExactly("TRACE_NOT_DEPLOYED");
    assertThat(served("production")).isNull();
    assertThat(served("staging")).isNull();
    assertThat(redeployRequired("production")).isFalse();
    assertThat(redeployRequired("staging")).isTrue();
    assertThat(codes(post(STAGING))).containsExactly("SAVED_SETTINGS_DEPLOYED");
    assertThat(served("staging")).isEqualTo(FROM_NOW);
    trace("\"environmentName\":\"production\"");
    assertThat(redeployRequired("production")).isTrue();
    assertThat(redeployRequired("staging")).isTrue();
    assertThat(result(TRACE).path("inForce").findValuesAsText("environmentName"))
        .containsExactly("staging");
  }

  @Test
  void aDeploymentWhereNothingWasDeployedIsNamed() throws Exception {
    Http.Answer answer =
        trace(
            "\"enableTraceLog\":true,\"environmentName\":\"staging\",\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"staging\"]");
    assertThat(codes(answer)).containsExactly("NOT_DEPLOYED");
    delete(STAGING);
    patch(CLOSE + "}");
    trace("\"enableTraceLog\":true");
    answer = trace("\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"staging\"]");
    assertThat(codes(answer)).containsExactly("SAVED_SETTINGS_DEPLOYED", "NOT_DEPLOYED");
  }

  @Test
  void anUndeploymentEndsIt() throws Exception {
    trace(ON + IN_PRODUCTION);
    delete(PRODUCTION);
    assertThat(result(TRACE).path("inForce")).isEmpty();
    assertThat(redeployRequired("production")).isFalse();
    assertThat(result(TRACE).path("redeployRequired").asBoolean()).isFalse();
    server.clock.advance(Duration.ofMinutes(1));
    assertThat(codes(post(PRODUCTION))).containsExactly("SAVED_SETTINGS_DEPLOYED");
    assertThat(served("production")).isEqualTo(FROM_NOW);
  }

  @Test
  void aRollbackLeavesItAloneAndDeploysWhatIsSaved() throws Exception {
    String rollback = PROXY + "deploy-histories/1/rollback/";
    trace(ON);
    assertThat(codes(post(rollback))).isEmpty();
    assertThat(served("production")).isNull();
    Http.Answer answer = post(rollback + "?environmentName=production");
    assertThat(codes(answer)).containsExactly("SAVED_SETTINGS_DEPLOYED");
    assertThat(served("production")).isEqualTo(FROM_NOW);
    trace("\"enableTraceLog\":false");
    assertThat(codes(post(rollback + "?environmentName=production")))
        .containsExactly("SAVED_SETTINGS_DEPLOYED");
    assertThat(served("production")).isNull();
    assertThat(result(TRACE).path("enableTraceLog").asBoolean()).isFalse();
    assertThat(get(PROXY + "deploy-histories/1/").body()).doesNotContain("trace", "Trace");
  }

  @Test
  void anOperationAndItsUndoDeployWhatIsSaved() throws Exception {
    String operations = "/apiops/projects/MyProject/maintenance-operations/";
    String close =
        "{\"select\":{\"names\":[\"MyAPI\"]},\"settings\":"
            + CLOSE
            + "},\"environments\":[\"production\"]}";
    trace(ON);
    Http operation = Http.request("POST", operations).token(server.token("operator")).json(close);
    Http.Answer tried =
        send(
            Http.request("POST", operations + "?dryRun=true")
                .token(server.token("operator"))
                .json(close));
    String operated =
        "The trace settings of MyProject/MyAPI that were saved before and not deployed in production are deployed there with this operation.";
    assertThat(codes(tried)).containsExactly("SAVED_SETTINGS_DEPLOYED");
    assertThat(warnings(tried)).containsExactly(operated);
    assertThat(JSON.readTree(tried.body()).at("/proxies/0/inForce/0/redeployRequired").toString())
        .isEqualTo("{\"before\":true,\"after\":false}");
    assertThat(served("production")).isNull();
    Http.Answer made = send(operation);
    assertThat(warnings(made)).containsExactly(operated);
    assertThat(served("production")).isEqualTo(FROM_NOW);

    trace("\"enableTraceLog\":false");
    String undo =
        operations + JSON.readTree(made.body()).at("/resultList/0/id").asText() + "/undo/";
    String warning =
        "The trace settings of MyProject/MyAPI that were saved before and not deployed in production are deployed there with this undo.";
    assertThat(warnings(post(undo + "?dryRun=true"))).containsExactly(warning);
    assertThat(served("production")).isEqualTo(FROM_NOW);
    assertThat(warnings(post(undo))).containsExactly(warning);
    assertThat(served("production")).isNull();
    assertThat(redeployRequired("production")).isFalse();
  }

  @Test
  void aDryRunOfADeploymentTellsOfIt() throws Exception {
    trace(ON);
    Http.Answer answer =
        send(
            Http.request("PATCH", MODE + "?dryRun=true")
                .token(server.token("operator"))
                .json("{\"enabled\":false" + IN_PRODUCTION + "}"));
    assertThat(codes(answer)).containsExactly("SAVED_SETTINGS_DEPLOYED");
    assertThat(JSON.readTree(answer.body()).at("/inForce/0/redeployRequired").toString())
        .isEqualTo("{\"before\":true,\"after\":false}");
    assertThat(served("production")).isNull();
    assertThat(redeployRequired("production")).isTrue();
  }

  @Test
  void nothingIsChangedWhereADeploymentIsRefused() throws Exception {
    patch("{\"startsAt\":\"2026-08-01T10:00:00Z\"}");
    server
        .store
        .nodes()
        .report(List.of(new NodeReport("staging", "old", 1, "10.0.0.1", "test", 1, null)));
    long newest = server.store.settings().newestChange();
    Http.Answer refused =
        send(
            Http.request("PATCH", TRACE)
                .token(server.token("operator"))
                .json(
                    "{"
                        + ON
                        + ",\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"production\",\"staging\"]}"));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body())
        .contains("because old run an older version, which does not know startsAt");
    assertThat(server.store.settings().trace(TestCatalog.MY_API).orElseThrow().saved().version())
        .isZero();
    assertThat(served("production")).isNull();
    assertThat(server.store.settings().newestChange()).isEqualTo(newest);
    assertThat(server.store.history().deployments(TestCatalog.MY_API)).hasSize(1);
  }
}
