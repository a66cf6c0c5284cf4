package dev.intermission.admin.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FailedAttemptsTest {

  private static final Duration WINDOW = Duration.ofMinutes(5);

  private final AtomicLong time = new AtomicLong(Long.MAX_VALUE - 1_000);
  private final FailedAttempts attempts = new FailedAttempts(3, WINDOW, time::get);

  private void fail(String key, int times) {
    for (int i = 0; i < times; i++) {
      attempts.add(key);
    }
  }

  private void pass(Duration duration) {
    time.addAndGet(duration.toNanos());
  }

  @Test
  void attemptsAreTakenUpToTheLimit() {
    fail("a", 2);
    assertThat(attempts.refusedFor("a")).isZero();
    fail("a", 1);
    assertThat(attempts.refusedFor("a")).isEqualTo(WINDOW);
    assertThat(attempts.refusedFor("b")).isZero();
  }

  @Test
  void theWindowBeginsWithTheFirstFailureAndIsNotDrawnOut() {
    fail("a", 1);
    pass(Duration.ofMinutes(4));
    fail("a", 5);
    assertThat(attempts.refusedFor("a")).isEqualTo(Duration.ofMinutes(1));
    pass(Duration.ofMinutes(1));
    assertThat(attempts.refusedFor("a")).isZero();
    fail("a", 2);
    assertThat(attempts.refusedFor("a")).isZero();
  }

  @Test
  void aVeryLongKeyIsCountedByItsBeginning() {
    fail("x".repeat(1_000_000), 3);
    assertThat(attempts.refusedFor("x".repeat(256))).isEqualTo(WINDOW);
  }
}
