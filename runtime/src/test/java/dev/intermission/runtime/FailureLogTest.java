package dev.intermission.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FailureLogTest {

  private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5);
  private final FailureLog log =
      new FailureLog(LoggerFactory.getLogger(FailureLogTest.class), nanoTime::get);

  private void pass(long seconds) {
    nanoTime.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  @Test
  void firstFailureIsLoggedAtOnceAndOthersOnceAMinuteWithTheirNumber() {
    try (Lines lines = Lines.of(FailureLogTest.class)) {
      for (int second = 0; second <= 120; second++) {
        log.failed("It is down", new IllegalStateException("cause"));
        pass(1);
      }
      String text = "WARN It is down: java.lang.IllegalStateException: cause";
      assertThat(lines.texts())
          .containsExactly(
              text,
              text + " (59 more times since the last line)",
              text + " (59 more times since the last line)");
    }
  }

  @Test
  void recoveryIsToldOnceAndOnlyAfterAFailureThatWas() {
    try (Lines lines = Lines.of(FailureLogTest.class)) {
      assertThat(log.recovered()).isFalse();
      log.failed("It is down", null);
      assertThat(log.recovered()).isTrue();
      assertThat(log.recovered()).isFalse();
      pass(1);
      log.failed("It is down", null);
      assertThat(log.recovered()).as("nobody knows of the second failure").isFalse();
      assertThat(lines.texts()).containsExactly("WARN It is down");
    }
  }
}
