package dev.intermission.store;

import static dev.intermission.store.StoreBehaviour.PRODUCTION;
import static dev.intermission.store.StoreBehaviour.STAGING;
import static dev.intermission.store.TestCatalog.AUTHOR;
import static dev.intermission.store.TestCatalog.MY_API;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.Moment;
import dev.intermission.api.TraceWindow;
import dev.intermission.api.store.AuditAction;
import dev.intermission.api.store.AuditEntry;
import dev.intermission.api.store.Deployment;
import dev.intermission.api.store.DeploymentStatus;
import dev.intermission.api.store.ProxyTrace;
import dev.intermission.api.store.SavedTrace;
import dev.intermission.api.store.SettingsStore.NewTrace;
import dev.intermission.api.trace.TraceSettings;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Trace settings that count on from what is in the store, deployed with each change. */
final class NumberedTraces {

  private static final Instant START = Instant.parse("2026-07-01T10:00:00Z");

  private NumberedTraces() {}

  /** Even ones record in production, the others in staging. */
  private static TraceSettings settings(int number) {
    return new TraceSettings(
        true,
        Moment.parse(START.toString()),
        Moment.parse(START.plusSeconds(number + 1).toString()),
        environment(number));
  }

  private static String environment(int number) {
    return number % 2 == 0 ? "production" : "staging";
  }

  private static int number(SavedTrace saved) {
    Moment stop = Objects.requireNonNull(saved.settings().stop());
    return (int) (stop.instant().getEpochSecond() - START.getEpochSecond()) - 1;
  }

  /** Makes the change with the number 0. */
  static void begin(JdbcStore store) {
    store.settings().apply(TestCatalog.small(), AUTHOR);
    save(store, 0);
  }

  /** Saves and deploys the next one, and returns its number. */
  static int next(JdbcStore store) {
    int next = newest(store) + 1;
    save(store, next);
    return next;
  }

  private static void save(JdbcStore store, int number) {
    store
        .settings()
        .updateTrace(
            MY_API,
            (trace, saved) -> new NewTrace(settings(number), true),
            List.of(PRODUCTION, STAGING),
            AUTHOR);
  }

  static int newest(JdbcStore store) {
    return number(store.settings().trace(MY_API).orElseThrow().saved());
  }

  /** Checks that all changes up to this number are there, with all that belongs to them. */
  static void assertWhole(JdbcStore store, int number) {
    ProxyTrace trace = store.settings().trace(MY_API).orElseThrow();
    TraceWindow window = new TraceWindow(START, START.plusSeconds(number + 1L));
    assertThat(trace.saved()).isEqualTo(new SavedTrace(settings(number), number + 1L));
    assertThat(trace.inForce()).isEqualTo(Map.of(environment(number), window));
    for (String environment : List.of("production", "staging")) {
      TraceWindow served =
          store.settings().changesSince(environment, 0).deployed().get(0).parts().trace();
      assertThat(served).isEqualTo(environment.equals(environment(number)) ? window : null);
    }
    assertThat(store.settings().status(MY_API))
        .extracting(DeploymentStatus::redeployRequired)
        .containsExactly(false, false);
    assertThat(store.history().deployments(MY_API).stream().map(Deployment::revision).findFirst())
        .contains(2L * number + 3);
    assertThat(store.audit().entries(MY_API, 3))
        .extracting(AuditEntry::action)
        .containsExactly(AuditAction.DEPLOYED, AuditAction.DEPLOYED, AuditAction.TRACE_CHANGED);
  }

  /** Makes one change after the other, and prints the number of each when it is done. */
  static final class Writer {

    private Writer() {}

    /** Takes the URL of the store. */
    public static void main(String[] arguments) {
      try (JdbcStore store = JdbcStore.open(new StoreConfig(arguments[0]), Clock.systemUTC())) {
        System.out.println("writing");
        while (true) {
          System.out.println(next(store));
        }
      }
    }
  }
}
