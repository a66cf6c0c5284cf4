package dev.intermission.store;

import static dev.intermission.store.StoreBehaviour.PRODUCTION;
import static dev.intermission.store.StoreBehaviour.STAGING;
import static dev.intermission.store.TestCatalog.AUTHOR;
import static dev.intermission.store.TestCatalog.MY_API;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.ContentType;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.DeploymentStatus;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.SettingsStore.Update;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed loses nothing that it acknowledged, and leaves nothing half done. */
class SqliteKillTest {

  private static final int ROUNDS = 10;

  private final Path folder;

  SqliteKillTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static JdbcStore open(Path folder) {
    return JdbcStore.open(StoreConfig.inFolder(folder), Clock.systemUTC());
  }

  /** Numbers of updates count on from what is in the store. */
  private static int number(MaintenanceSettings settings) {
    return Integer.parseInt(settings.message().strip());
  }

  private static MaintenanceSettings settings(int number) {
    return new MaintenanceSettings(
        number % 2 == 0,
        200 + number % 4,
        ContentType.parse("text/n" + number),
        number + " ".repeat(number % 5_000));
  }

  /**
   * Saves and deploys one update after the other, and prints the number of each when it is done.
   */
  static final class Writer {

    private Writer() {}

    public static void main(String[] arguments) {
      try (DataFolder held = DataFolder.open(Path.of(arguments[0]));
          JdbcStore store = open(held.path())) {
        while (true) {
          Update update =
              store.update(
                  MY_API,
                  saved -> settings(number(saved.settings()) + 1),
                  List.of(PRODUCTION, STAGING),
                  AUTHOR);
          System.out.println(number(update.saved().settings()));
        }
      }
    }
  }

  @Test
  void everyAcknowledgedUpdateIsThereAndNoneIsHalfThere() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int found = 0;
    try (JdbcStore store = open(folder)) {
      store.apply(TestCatalog.small(), AUTHOR);
      store.update(MY_API, saved -> settings(0), List.of(PRODUCTION, STAGING), AUTHOR);
    }
    for (int round = 1; round <= ROUNDS; round++) {
      int acknowledged = runAndKill(1 + random.nextInt(200));
      try (JdbcStore store = open(folder)) {
        int number = number(store.settings(MY_API).orElseThrow().settings());
        assertThat(number)
            .as("seed %d, round %d", seed, round)
            .isGreaterThan(found)
            .isBetween(acknowledged, acknowledged + 1);
        assertWhole(store, number);
        found = number;
      }
    }
  }

  /** Returns the last number that was acknowledged. */
  private int runAndKill(int updates) throws IOException {
    try (Child child = new Child(Writer.class, folder.toString())) {
      int acknowledged = -1;
      String line = child.readLine();
      for (int i = 0; line != null; i++) {
        acknowledged = Integer.parseInt(line);
        if (i == updates) {
          child.kill();
        }
        line = child.readLine();
      }
      return acknowledged;
    }
  }

  private static void assertWhole(JdbcStore store, int number) {
    long updates = number + 1L;
    assertThat(store.settings(MY_API).orElseThrow().settings()).isEqualTo(settings(number));
    assertThat(store.settings(MY_API).orElseThrow().version()).isEqualTo(1 + updates);
    assertThat(store.status(MY_API))
        .extracting(DeploymentStatus::revision)
        .containsExactly(2 * updates, 2 * updates + 1);
    assertThat(store.version("production")).isEqualTo(1 + updates);
    assertThat(store.version("staging")).isEqualTo(updates);
    for (String environment : List.of("production", "staging")) {
      assertThat(store.changesSince(environment, 0).deployed())
          .extracting(DeployedProxy::settings)
          .containsExactly(settings(number));
    }
  }
}
