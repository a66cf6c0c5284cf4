package dev.intermission.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class BackgroundLoopTest {

  private static final Logger LOG = LoggerFactory.getLogger(BackgroundLoopTest.class);

  private static BackgroundLoop loop(BackgroundLoop.Step step) {
    return new BackgroundLoop(
        "test-loop",
        LOG,
        new BackgroundLoop.Texts("The test fails", "The test works again"),
        new Backoff(Duration.ofMillis(1), Duration.ofMillis(2)),
        step);
  }

  static Stream<Throwable> failures() {
    return Stream.of(
        new IllegalStateException("x"),
        new IOException("x"),
        new StackOverflowError("x"),
        new OutOfMemoryError("x"),
        new LinkageError("x"),
        new AssertionError("x"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void anythingThatIsThrownIsToldOnceAndTheLoopGoesOn(Throwable failure) throws Exception {
    AtomicInteger steps = new AtomicInteger();
    try (Lines lines = Lines.of(BackgroundLoopTest.class);
        BackgroundLoop loop =
            loop(
                self -> {
                  if (steps.incrementAndGet() <= 20) {
                    BackgroundLoopTest.<RuntimeException>sneak(failure);
                  }
                  self.succeeded();
                  Thread.sleep(1);
                })) {
      loop.start();
      await().until(() -> steps.get() > 25);
      assertThat(lines.texts())
          .containsExactly("WARN The test fails: " + failure, "INFO The test works again");
    }
  }

  @SuppressWarnings("unchecked") // throws what the compiler would not let through
  private static <E extends Throwable> void sneak(Throwable failure) throws E {
    throw (E) failure;
  }

  @Test
  void interruptThatIsNotTheEndIsSurvived() {
    AtomicInteger steps = new AtomicInteger();
    try (BackgroundLoop loop =
        loop(
            self -> {
              steps.incrementAndGet();
              Thread.currentThread().interrupt();
              Thread.sleep(1);
            })) {
      loop.start();
      await().until(() -> steps.get() > 5);
    }
  }

  @Test
  void loopThatIsClosedEndsWithoutAWord() throws Exception {
    CountDownLatch began = new CountDownLatch(1);
    BackgroundLoop loop =
        loop(
            self -> {
              began.countDown();
              try {
                Thread.sleep(Duration.ofHours(1).toMillis());
              } catch (InterruptedException e) {
                throw new IllegalStateException("a driver that wraps interrupts", e);
              }
            });
    try (Lines lines = Lines.of(BackgroundLoopTest.class)) {
      loop.start();
      began.await();
      assertThat(loop.isClosed()).isFalse();
      loop.close();
      assertThat(loop.awaitEnd(Duration.ofMinutes(1))).isTrue();
      assertThat(lines.texts()).isEmpty();
    }
  }

  @Test
  void pauseEndsWhenThereIsAHurry() {
    AtomicInteger steps = new AtomicInteger();
    Duration hour = Duration.ofHours(1);
    try (BackgroundLoop loop =
        new BackgroundLoop(
            "test-loop",
            LOG,
            new BackgroundLoop.Texts("The test fails", "The test works again"),
            new Backoff(hour, hour),
            self -> {
              steps.incrementAndGet();
              throw new IOException("x");
            })) {
      loop.start();
      await().until(() -> steps.get() == 1);
      loop.hurry();
      await().until(() -> steps.get() == 2);
    }
  }
}
