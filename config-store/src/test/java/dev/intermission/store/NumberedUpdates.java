package dev.intermission.store;

import static dev.intermission.store.StoreBehaviour.PRODUCTION;
import static dev.intermission.store.StoreBehaviour.STAGING;
import static dev.intermission.store.TestCatalog.AUTHOR;
import static dev.intermission.store.TestCatalog.MY_API;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.ContentType;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.store.AuditAction;
import dev.intermission.api.store.AuditEntry;
import dev.intermission.api.store.Deployment;
import dev.intermission.api.store.DeploymentStatus;
import java.time.Clock;
import java.util.List;
import java.util.stream.LongStream;

/** Updates that count on from what is in the store, so that a lost or half one shows. */
final class NumberedUpdates {

  private NumberedUpdates() {}

  private static MaintenanceSettings settings(int number) {
    return new MaintenanceSettings(
        number % 2 == 0,
        200 + number % 4,
        ContentType.parse("text/n" + number),
        number + " ".repeat(number % 5_000));
  }

  private static int number(MaintenanceSettings settings) {
    return Integer.parseInt(settings.message().strip());
  }

  /** Makes the update with the number 0. */
  static void begin(JdbcStore store) {
    store.settings().apply(TestCatalog.small(), AUTHOR);
    store.settings().update(MY_API, saved -> settings(0), List.of(PRODUCTION, STAGING), AUTHOR);
  }

  /** Saves and deploys the next one, and returns its number. */
  static int next(JdbcStore store) {
    return number(
        store
            .settings()
            .update(
                MY_API,
                saved -> settings(number(saved.settings()) + 1),
                List.of(PRODUCTION, STAGING),
                AUTHOR)
            .saved()
            .settings());
  }

  static int newest(JdbcStore store) {
    return number(store.settings().settings(MY_API).orElseThrow().settings());
  }

  /** Checks that all updates up to this number are there, with all that belongs to them. */
  static void assertWhole(JdbcStore store, int number) {
    long updates = number + 1L;
    assertThat(store.settings().settings(MY_API).orElseThrow().settings())
        .isEqualTo(settings(number));
    assertThat(store.settings().settings(MY_API).orElseThrow().version()).isEqualTo(1 + updates);
    assertThat(store.settings().status(MY_API))
        .extracting(DeploymentStatus::revision)
        .containsExactly(2 * updates, 2 * updates + 1);
    assertThat(store.settings().version("production")).isEqualTo(1 + updates);
    assertThat(store.settings().version("staging")).isEqualTo(updates);
    for (String environment : List.of("production", "staging")) {
      assertThat(store.settings().changesSince(environment, 0).deployed())
          .extracting(DeployedProxy::settings)
          .containsExactly(settings(number));
    }
    long newest = 2 * updates + 1;
    assertThat(store.history().deployments(MY_API))
        .extracting(Deployment::revision)
        .containsExactlyElementsOf(
            LongStream.iterate(newest, r -> r > Math.max(0, newest - 100), r -> r - 1)
                .boxed()
                .toList());
    assertThat(store.audit().entries(MY_API, 3))
        .extracting(AuditEntry::action)
        .containsExactly(AuditAction.DEPLOYED, AuditAction.DEPLOYED, AuditAction.SETTINGS_CHANGED);
  }

  /** Makes one update after the other, and prints the number of each when it is done. */
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
