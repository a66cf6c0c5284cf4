package dev.intermission.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private static final Duration SHORTEST = Duration.ofMillis(100);

  @Test
  void eachPauseIsTwiceAsLongUpToTheLongestAndAResetBeginsAnew() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Backoff backoff = new Backoff(SHORTEST, Duration.ofMillis(700));
    for (int round = 0; round < 1_000; round++) {
      for (long whole : new long[] {100, 200, 400, 700, 700}) {
        assertThat(backoff.next(random).toMillis()).as("seed %d", seed).isBetween(whole / 2, whole);
      }
      backoff.reset();
    }
  }

  @Test
  void pausesAreNotTheSameForAll() {
    Random random = new Random(1);
    List<Duration> pauses =
        Stream.generate(() -> new Backoff(SHORTEST, SHORTEST).next(random)).limit(100).toList();
    assertThat(pauses.stream().distinct()).hasSizeGreaterThan(20);
  }

  @Test
  void pausesThatCannotBeAreRefused() {
    assertThatThrownBy(() -> new Backoff(Duration.ZERO, SHORTEST))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the pauses are PT0S to PT0.1S");
    assertThatThrownBy(() -> new Backoff(SHORTEST, Duration.ofMillis(99)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
