package dev.intermission.store;

import static dev.intermission.store.TestCatalog.AUTHOR;
import static dev.intermission.store.TestCatalog.MY_API;
import static dev.intermission.store.TestCatalog.PETSTORE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.intermission.api.DeployedProxy;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.Moment;
import dev.intermission.api.ProxyId;
import dev.intermission.api.TraceWindow;
import dev.intermission.api.store.AuditAction;
import dev.intermission.api.store.AuditEntry;
import dev.intermission.api.store.DeploymentRequest;
import dev.intermission.api.store.DeploymentStatus;
import dev.intermission.api.store.Operation;
import dev.intermission.api.store.OperationRequest;
import dev.intermission.api.store.ProxyOverview;
import dev.intermission.api.store.ProxyTrace;
import dev.intermission.api.store.SavedTrace;
import dev.intermission.api.store.SettingsStore.NewTrace;
import dev.intermission.api.store.SettingsStore.TraceUpdate;
import dev.intermission.api.store.TraceChange;
import dev.intermission.api.store.Trial;
import dev.intermission.api.store.UnknownEnvironmentException;
import dev.intermission.api.store.UnknownProxyException;
import dev.intermission.api.trace.TraceSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The trace settings of a proxy and what is deployed of them, as every database must keep them. */
abstract class TraceBehaviour extends StoreBehaviour {

  private static final TraceSettings ON = new TraceSettings(true, null, null, "production");
  private static final TraceSettings OFF = new TraceSettings(false, null, null, "production");
  private static final TraceSettings FIXED =
      new TraceSettings(
          true,
          Moment.parse("2026-07-01T12:00:00+02:00"),
          Moment.parse("2026-07-01T13:00:00+02:00"),
          "production");
  private static final TraceWindow FROM_NOW = window(NOW);

  private static TraceWindow window(Instant from) {
    return new TraceWindow(from, from.plus(Duration.ofMinutes(5)));
  }

  private TraceUpdate save(TraceSettings settings, DeploymentRequest... deployTo) {
    return save(store, settings, true, deployTo);
  }

  private static TraceUpdate save(
      JdbcStore store, TraceSettings settings, boolean anew, DeploymentRequest... deployTo) {
    return store
        .settings()
        .updateTrace(
            MY_API, (trace, saved) -> new NewTrace(settings, anew), List.of(deployTo), AUTHOR);
  }

  /** Opens the store once more, with a clock that stands at a later time. */
  private JdbcStore later(Duration time) {
    return open(Clock.fixed(NOW.plus(time), ZoneOffset.UTC));
  }

  private @Nullable TraceWindow served(String environment) {
    return served(environment, 0);
  }

  private @Nullable TraceWindow served(String environment, long since) {
    DeployedProxy deployed =
        store.settings().changesSince(environment, since).deployed().stream()
            .filter(proxy -> proxy.id().equals(MY_API))
            .findFirst()
            .orElseThrow();
    return deployed.parts().trace();
  }

  private ProxyTrace trace() {
    return store.settings().trace(MY_API).orElseThrow();
  }

  private List<Boolean> redeployRequired() {
    List<Boolean> required =
        store.settings().status(MY_API).stream().map(DeploymentStatus::redeployRequired).toList();
    assertThat(store.settings().statuses("MyProject").get(MY_API))
        .extracting(DeploymentStatus::redeployRequired)
        .containsExactlyElementsOf(required);
    ProxyOverview overview =
        store.settings().overviewSince(0).proxies().stream()
            .filter(proxy -> proxy.id().equals(MY_API))
            .findFirst()
            .orElseThrow();
    assertThat(overview.environments())
        .extracting(ProxyOverview.At::redeployRequired)
        .containsExactlyElementsOf(required);
    return required;
  }

  private static OperationRequest operation(String... environments) {
    return new OperationRequest(
        "Move",
        Set.of("MyProject"),
        proxies -> proxies.stream().filter(proxy -> proxy.id().equals(MY_API)).toList(),
        affected -> CLOSED,
        Set.of(environments));
  }

  @Test
  void whatIsSavedIsInForceWithTheNextDeploymentInItsEnvironmentAlone() {
    store.settings().update(MY_API, KEEP, List.of(STAGING), AUTHOR);
    assertThat(trace()).isEqualTo(new ProxyTrace(SavedTrace.NONE, new TreeMap<>(), null));
    long production = store.settings().version("production");

    TraceUpdate update = save(ON);

    assertThat(update.trace().saved()).isEqualTo(new SavedTrace(ON, 1));
    assertThat(update.deployments()).isEmpty();
    assertThat(trace().saved()).isEqualTo(new SavedTrace(ON, 1));
    assertThat(trace().inForce()).isEmpty();
    assertThat(store.settings().version("production")).isEqualTo(production);
    assertThat(served("production")).isNull();
    assertThat(redeployRequired()).containsExactly(true, false);

    store.settings().update(MY_API, CLOSE, List.of(STAGING), AUTHOR);
    assertThat(served("staging")).isNull();
    assertThat(redeployRequired()).containsExactly(true, false);
    store.settings().update(MY_API, KEEP, List.of(PRODUCTION), AUTHOR);
    assertThat(served("production", production)).isEqualTo(FROM_NOW);
    assertThat(served("production")).isEqualTo(FROM_NOW);
    assertThat(trace().inForce()).isEqualTo(Map.of("production", FROM_NOW));
    assertThat(redeployRequired()).containsExactly(false, false);
  }

  @Test
  void aChangeOfItDeploysAllThatIsSaved() {
    store.settings().update(MY_API, CLOSE, List.of(), AUTHOR);
    long newest = store.settings().newestChange();
    TraceUpdate update = save(FIXED, PRODUCTION, STAGING);
    assertThat(update.deployments())
        .extracting(made -> made.environment(), made -> made.revision(), made -> made.settings())
        .containsExactly(tuple("production", 2L, CLOSED), tuple("staging", 3L, CLOSED));
    TraceWindow window =
        new TraceWindow(
            Instant.parse("2026-07-01T10:00:00Z"), Instant.parse("2026-07-01T11:00:00Z"));
    assertThat(served("production")).isEqualTo(window);
    assertThat(served("staging")).isNull();
    assertThat(update.trace()).isEqualTo(trace());
    assertThat(trace().inForce()).isEqualTo(Map.of("production", window));
    assertThat(redeployRequired()).containsExactly(false, false);
    assertThat(store.settings().overviewSince(newest).proxies())
        .extracting(ProxyOverview::id)
        .containsExactly(MY_API);
  }

  @Test
  void aLaterDeploymentDoesNotBeginTheWindowAnewAndAskingForItDoes() {
    save(ON, PRODUCTION);
    try (JdbcStore later = later(Duration.ofMinutes(3))) {
      later.settings().update(MY_API, CLOSE, List.of(PRODUCTION), AUTHOR);
      assertThat(served("production")).isEqualTo(FROM_NOW);
      later.settings().undeploy(MY_API, PRODUCTION, AUTHOR);
      assertThat(trace().inForce()).isEmpty();
      later.settings().update(MY_API, KEEP, List.of(PRODUCTION), AUTHOR);
      assertThat(served("production")).isEqualTo(FROM_NOW);

      assertThat(save(later, ON, false).trace().saved().version()).isEqualTo(1);
      assertThat(redeployRequired().get(0)).isFalse();
      assertThat(save(later, ON, true).trace().saved().version()).isEqualTo(2);
      assertThat(redeployRequired().get(0)).isTrue();
      assertThat(served("production")).isEqualTo(FROM_NOW);
    }
    try (JdbcStore muchLater = later(Duration.ofDays(1))) {
      muchLater.settings().update(MY_API, KEEP, List.of(PRODUCTION), AUTHOR);
      assertThat(served("production")).isEqualTo(window(NOW.plus(Duration.ofDays(1))));
      assertThat(redeployRequired().get(0)).isFalse();
    }
    try (JdbcStore evenLater = later(Duration.ofDays(2))) {
      evenLater.settings().update(MY_API, KEEP, List.of(PRODUCTION), AUTHOR);
      assertThat(served("production")).isEqualTo(window(NOW.plus(Duration.ofDays(1))));
    }
  }

  @Test
  void anEndThatIsMovedKeepsTheBeginning() {
    save(ON, PRODUCTION);
    try (JdbcStore later = later(Duration.ofMinutes(3))) {
      Moment stop = Moment.parse("2026-07-03T10:00:00Z");
      save(later, new TraceSettings(true, null, stop, "production"), false, PRODUCTION);
      assertThat(served("production"))
          .isEqualTo(new TraceWindow(NOW, NOW.plus(TraceWindow.LONGEST)));
    }
  }

  @Test
  void inAnotherEnvironmentItBeginsAnewWhateverWasThereBefore() {
    TraceSettings inStaging = new TraceSettings(true, null, null, "staging");
    save(ON, PRODUCTION);
    Instant moved = NOW.plus(Duration.ofMinutes(30));
    try (JdbcStore later = later(Duration.ofMinutes(30))) {
      assertThat(save(later, inStaging, false).trace().since()).isNull();
      assertThat(save(later, inStaging, false, STAGING).trace().since()).isEqualTo(moved);
      assertThat(served("staging")).isEqualTo(window(moved));
    }
    try (JdbcStore muchLater = later(Duration.ofMinutes(60))) {
      assertThat(save(muchLater, ON, false).trace().since()).isNull();
      assertThat(redeployRequired().get(0)).isTrue();
      muchLater.settings().update(MY_API, KEEP, List.of(PRODUCTION), AUTHOR);
      assertThat(served("production")).isEqualTo(window(NOW.plus(Duration.ofMinutes(60))));
    }
    assertThat(trace().since()).isEqualTo(NOW.plus(Duration.ofMinutes(60)));
    store.settings().undeploy(MY_API, PRODUCTION, AUTHOR);
    assertThat(trace().since()).isEqualTo(NOW.plus(Duration.ofMinutes(60)));
  }

  @Test
  void askingAgainForAWindowThatIsFixedChangesNothing() {
    save(FIXED, PRODUCTION);
    TraceWindow window = served("production");
    int entries = store.audit().entries(MY_API, 100).size();
    assertThat(save(FIXED).trace().saved()).isEqualTo(new SavedTrace(FIXED, 1));
    assertThat(save(OFF).trace().saved()).isEqualTo(new SavedTrace(OFF, 2));
    assertThat(save(OFF).trace().saved()).isEqualTo(new SavedTrace(OFF, 2));
    assertThat(store.audit().entries(MY_API, 100)).hasSize(entries + 1);
    assertThat(redeployRequired().get(0)).isTrue();
    assertThat(served("production")).isEqualTo(window);
  }

  @Test
  void itEndsWithADeploymentWhereItIsSwitchedOffOrForAnotherEnvironment() {
    store.settings().update(MY_API, KEEP, List.of(STAGING), AUTHOR);
    save(ON, PRODUCTION);
    save(OFF);
    assertThat(served("production")).isEqualTo(FROM_NOW);
    assertThat(redeployRequired()).containsExactly(true, false);
    store.settings().update(MY_API, KEEP, List.of(PRODUCTION), AUTHOR);
    assertThat(served("production")).isNull();
    assertThat(redeployRequired()).containsExactly(false, false);

    save(ON, PRODUCTION);
    save(new TraceSettings(true, null, null, "staging"), STAGING);
    assertThat(redeployRequired()).containsExactly(true, false);
    assertThat(trace().inForce()).isEqualTo(Map.of("production", FROM_NOW, "staging", FROM_NOW));
    store.settings().update(MY_API, KEEP, List.of(PRODUCTION), AUTHOR);
    assertThat(trace().inForce()).isEqualTo(Map.of("staging", FROM_NOW));
    assertThat(redeployRequired()).containsExactly(false, false);
  }

  @Test
  void anUndeploymentEndsIt() {
    save(ON, PRODUCTION);
    store.settings().undeploy(MY_API, PRODUCTION, AUTHOR);
    assertThat(trace().inForce()).isEmpty();
    assertThat(redeployRequired().get(0)).isFalse();
    assertThat(store.settings().status(MY_API).get(0).tracePending()).isTrue();
    assertThat(store.settings().status(MY_API).get(1).tracePending()).isFalse();
  }

  @Test
  void aRollbackChangesNoTraceSettingsAndDeploysThem() {
    save(ON);
    store.history().rollBack(MY_API, 1, List.of(), AUTHOR);
    assertThat(trace().saved()).isEqualTo(new SavedTrace(ON, 1));
    assertThat(served("production")).isNull();
    store.history().rollBack(MY_API, 1, List.of(PRODUCTION), AUTHOR);
    assertThat(served("production")).isEqualTo(FROM_NOW);
    save(OFF);
    store.history().rollBack(MY_API, 2, List.of(PRODUCTION), AUTHOR);
    assertThat(served("production")).isNull();
    assertThat(trace().saved().settings()).isEqualTo(OFF);
  }

  @Test
  void anOperationAndItsUndoDeployWhatIsSavedAndChangeNothingOfIt() {
    save(ON);
    List<OperationRequest.Affected> affected = new ArrayList<>();
    OperationRequest request = operation("production");
    OperationRequest watched =
        new OperationRequest(
            "Move",
            request.projects(),
            request.selection(),
            proxy -> {
              affected.add(proxy);
              return CLOSED;
            },
            request.environments());
    Operation operation = store.operations().operate(watched, AUTHOR);
    assertThat(affected.get(0).undeployed()).isEmpty();
    assertThat(affected.get(0).undeployedTraces()).containsExactly("production");
    assertThat(served("production")).isEqualTo(FROM_NOW);
    assertThat(redeployRequired().get(0)).isFalse();

    Map<ProxyId, List<String>> pending = new HashMap<>();
    save(OFF);
    List<Trial<Operation.Changed>> trial =
        store.operations().tryOut(operation("production"), AUTHOR);
    assertThat(trial.get(0).before().deployed().get(0).redeployRequired()).isTrue();
    assertThat(trial.get(0).after().deployed().get(0).redeployRequired()).isFalse();
    assertThat(served("production")).isEqualTo(FROM_NOW);
    store
        .operations()
        .undo(
            operation.id(), (undone, changed, restored, traces) -> pending.putAll(traces), AUTHOR);
    assertThat(pending).isEqualTo(Map.of(MY_API, List.of("production")));
    assertThat(served("production")).isNull();
    assertThat(trace().saved().settings()).isEqualTo(OFF);
    assertThat(redeployRequired().get(0)).isFalse();
  }

  @Test
  void aFirstDeploymentByTheCatalogPutsItInForce() {
    store
        .settings()
        .updateTrace(PETSTORE, (trace, saved) -> new NewTrace(ON, true), List.of(), AUTHOR);
    store
        .settings()
        .apply(
            TestCatalog.small()
                .with(TestCatalog.proxy(PETSTORE, "/petstore"), Set.of("production")),
            AUTHOR);
    assertThat(store.settings().trace(PETSTORE).orElseThrow().inForce())
        .isEqualTo(Map.of("production", FROM_NOW));
  }

  @Test
  void itComesBackWithAProxyThatWasGone() {
    save(ON, PRODUCTION);
    store.settings().apply(TestCatalog.small().without(MY_API), AUTHOR);
    assertThat(store.settings().trace(MY_API)).isEmpty();
    assertThatThrownBy(() -> save(ON)).isInstanceOf(UnknownProxyException.class);
    store.settings().apply(TestCatalog.small(), AUTHOR);
    assertThat(trace().saved()).isEqualTo(new SavedTrace(ON, 1));
    assertThat(served("production")).isEqualTo(FROM_NOW);
  }

  @Test
  void aTrialDeploysNoTrace() {
    save(ON);
    Trial<Object> trial =
        store
            .settings()
            .tryOut(MY_API, changes -> changes.update(MY_API, CLOSE, List.of(PRODUCTION), AUTHOR));
    assertThat(trial.before().deployed().get(0).tracePending()).isTrue();
    assertThat(trial.after().deployed().get(0).tracePending()).isFalse();
    assertThat(trial.after().deployed().get(0).redeployRequired()).isFalse();
    assertThat(served("production")).isNull();
    assertThat(redeployRequired().get(0)).isTrue();
  }

  @Test
  void eachChangeIsInTheAuditWithWhatWasBefore() {
    save(ON);
    save(ON, PRODUCTION);
    save(FIXED);
    assertThat(store.audit().entries(MY_API, 4))
        .extracting(AuditEntry::action, AuditEntry::environment, AuditEntry::trace)
        .containsExactly(
            tuple(AuditAction.TRACE_CHANGED, null, new TraceChange(ON, FIXED)),
            tuple(AuditAction.DEPLOYED, "production", null),
            tuple(AuditAction.TRACE_CHANGED, null, new TraceChange(ON, ON)),
            tuple(AuditAction.TRACE_CHANGED, null, new TraceChange(null, ON)));
  }

  @Test
  void nothingIsChangedWhereItIsRefused() {
    save(ON);
    long version = store.settings().version("production");
    long newest = store.settings().newestChange();
    assertThatThrownBy(() -> save(OFF, PRODUCTION, DeploymentRequest.to("unknown")))
        .isInstanceOf(UnknownEnvironmentException.class);
    assertThatThrownBy(() -> save(OFF, PRODUCTION, PRODUCTION))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                store
                    .settings()
                    .updateTrace(
                        MY_API,
                        (trace, saved) -> {
                          throw new IllegalStateException("not these settings");
                        },
                        List.of(PRODUCTION),
                        AUTHOR))
        .hasMessage("not these settings");
    ProxyId unknown = new ProxyId("MyProject", "unknown");
    assertThat(store.settings().trace(unknown)).isEmpty();
    assertThat(store.settings().version("production")).isEqualTo(version);
    assertThat(store.settings().newestChange()).isEqualTo(newest);
    assertThat(trace().saved()).isEqualTo(new SavedTrace(ON, 1));
    assertThat(served("production")).isNull();
  }

  /** What each of them has saved is deployed with whatever the other one deploys. */
  @Test
  void changesAtOnceThroughTwoStoresAreAllKept() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (JdbcStore other = open(Clock.systemUTC())) {
      Future<Boolean> traces =
          threads.submit(
              () -> {
                for (int i = 0; i < 50; i++) {
                  save(i % 2 == 0 ? ON : OFF, PRODUCTION);
                }
                return true;
              });
      Future<Boolean> modes =
          threads.submit(
              () -> {
                for (int i = 0; i < 50; i++) {
                  MaintenanceSettings mode = i % 2 == 0 ? CLOSED : MaintenanceSettings.DEFAULT;
                  other.settings().update(MY_API, saved -> mode, List.of(), AUTHOR);
                  other.settings().update(MY_API, KEEP, List.of(PRODUCTION), AUTHOR);
                }
                return true;
              });
      assertThat(traces.get(2, TimeUnit.MINUTES)).isTrue();
      assertThat(modes.get(2, TimeUnit.MINUTES)).isTrue();
    } finally {
      threads.shutdownNow();
    }
    assertThat(trace().saved()).isEqualTo(new SavedTrace(OFF, 50));
    assertThat(trace().inForce()).isEmpty();
    assertThat(redeployRequired().get(0)).isFalse();
    assertThat(store.settings().settings(MY_API).orElseThrow().version()).isEqualTo(51);
    assertThat(store.settings().version("production")).isEqualTo(101);
  }

  @Test
  void itIsThereAfterARestart() {
    save(FIXED, PRODUCTION);
    try (JdbcStore again = later(Duration.ofDays(100))) {
      assertThat(again.settings().trace(MY_API)).contains(trace());
      assertThat(again.settings().changesSince("production", 0))
          .isEqualTo(store.settings().changesSince("production", 0));
    }
  }
}
