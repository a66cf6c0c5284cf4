package dev.intermission.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A process that is killed loses nothing that it acknowledged, and leaves nothing half done. */
abstract class KillBehaviour {

  private static final int ROUNDS = 2;
  private static final int MANY_ROUNDS = 10;
  private static final int OPERATION_ROUNDS = 10;
  private static final int MOST_OPERATION_ROUNDS = 30;

  abstract StoreConfig config();

  /** Starts a writer. */
  abstract Child startWriter(Class<?> main) throws IOException;

  /** Waits until nothing that a killed writer began goes on. */
  abstract void awaitEnd();

  private JdbcStore open() {
    return JdbcStore.open(config(), Clock.systemUTC());
  }

  @Test
  void everyAcknowledgedUpdateIsThereAndNoneIsHalfThere() throws IOException {
    updateAndKill(ROUNDS);
  }

  @Test
  @Tag("slow")
  void everyAcknowledgedUpdateIsThereHoweverOftenItIsKilled() throws IOException {
    updateAndKill(MANY_ROUNDS);
  }

  private void updateAndKill(int rounds) throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int found = 0;
    try (JdbcStore store = open()) {
      NumberedUpdates.begin(store);
    }
    for (int round = 1; round <= rounds; round++) {
      int acknowledged = runAndKill(NumberedUpdates.Writer.class, 1 + random.nextInt(100));
      awaitEnd();
      try (JdbcStore store = open()) {
        int number = NumberedUpdates.newest(store);
        assertThat(number)
            .as("seed %d, round %d", seed, round)
            .isGreaterThan(found)
            .isBetween(acknowledged, acknowledged + 1);
        NumberedUpdates.assertWhole(store, number);
        found = number;
      }
    }
  }

  @Test
  @Tag("slow")
  void traceSettingsAreSavedAndDeployedWholeOrNotAtAll() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (JdbcStore store = open()) {
      NumberedTraces.begin(store);
    }
    for (int round = 1; round <= MANY_ROUNDS; round++) {
      int acknowledged = runAndKill(NumberedTraces.Writer.class, 1 + random.nextInt(50));
      awaitEnd();
      try (JdbcStore store = open()) {
        int number = NumberedTraces.newest(store);
        assertThat(number)
            .as("seed %d, round %d", seed, round)
            .isBetween(acknowledged, acknowledged + 1);
        NumberedTraces.assertWhole(store, number);
      }
    }
  }

  /** Those of a report are written in several statements. */
  @Test
  @Tag("slow")
  void aReportOfTracedRequestsIsThereWholeOrNotAtAll() throws IOException, SQLException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (JdbcStore store = open()) {
      NumberedReports.begin(store);
    }
    for (int round = 1; round <= MANY_ROUNDS; round++) {
      int acknowledged = runAndKill(NumberedReports.Writer.class, 1 + random.nextInt(20));
      awaitEnd();
      try (JdbcStore store = open()) {
        int number = NumberedReports.newest(store);
        String what = "seed " + seed + ", round " + round;
        assertThat(number).as(what).isBetween(acknowledged, acknowledged + 1);
        NumberedReports.assertWhole(store, config(), number, what);
      }
    }
  }

  /** An operation over 1,000 proxies takes a while, so most kills hit it in the middle. */
  @Test
  @Tag("slow")
  void anOperationIsThereWholeOrNotAtAll() throws IOException {
    operateAndKill(OPERATION_ROUNDS);
  }

  /** Maven's option {@code -DkillRounds=N} makes it another number of kills. */
  @Test
  @Tag("exhaustive")
  void anOperationIsThereWholeHoweverOftenItIsKilled() throws IOException {
    operateAndKill(Integer.getInteger("killRounds", MOST_OPERATION_ROUNDS));
  }

  private void operateAndKill(int rounds) throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (JdbcStore store = open()) {
      NumberedOperations.begin(store);
    }
    int found = 0;
    for (int round = 1; round <= rounds; round++) {
      int before = found;
      runAndKillInTheMiddle(random);
      awaitEnd();
      try (JdbcStore store = open()) {
        found = NumberedOperations.assertWhole(store, "seed " + seed + ", round " + round);
      }
      assertThat(found).as("seed %d, round %d", seed, round).isGreaterThanOrEqualTo(before);
    }
    assertThat(found).isPositive();
  }

  private void runAndKillInTheMiddle(Random random) throws IOException {
    try (Child child = startWriter(NumberedOperations.Writer.class)) {
      assertThat(child.readLine()).isEqualTo("writing");
      // The first operation tells how long one takes here.
      long start = System.nanoTime();
      assertThat(child.readLine()).isEqualTo("done");
      long takes = System.nanoTime() - start;
      LockSupport.parkNanos(random.nextLong(1, takes));
      child.kill();
    }
  }

  /** Returns the last number that was acknowledged. */
  private int runAndKill(Class<?> writer, int updates) throws IOException {
    try (Child child = startWriter(writer)) {
      int acknowledged = -1;
      String line = child.readLine();
      assertThat(line).isEqualTo("writing");
      line = child.readLine();
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
}
