package dev.intermission.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which moments are in windows with deployments. */
class SpanTest {

  private static final long START = Long.MAX_VALUE - 2_000_000_000L;

  @ParameterizedTest
  @CsvSource({
    "3, 0, 3",
    "3, 1, 1",
    "3.5, 1, 1.5",
    "4, 1, 2",
    "3.5, 2, 1.5",
    "1, 2, 0",
    "20, 5, 10"
  })
  void windowsTakeTurnsFromOneWithout(double length, double window, double deploying) {
    Span span = new Span(START, seconds(length), seconds(window));
    assertThat(span.deployingSeconds()).isEqualTo(deploying);
    long counted = 0;
    for (long at = 0; at < seconds(length).toMillis(); at++) {
      counted += span.isDeploying(START + at * 1_000_000) ? 1 : 0;
    }
    assertThat(counted).isEqualTo(Math.round(deploying * 1_000));
  }

  /** {@link System#nanoTime()} may wrap while load runs. */
  @Test
  void clockMayWrap() {
    Span span = new Span(START, Duration.ofSeconds(10), Duration.ofSeconds(1));
    long later = START + seconds(9.5).toNanos();
    assertThat(later).isNegative();
    assertThat(span.isOver(later)).isFalse();
    assertThat(span.second(later)).isEqualTo(9.5);
    assertThat(span.isDeploying(later)).isTrue();
    assertThat(span.isOver(START + seconds(10).toNanos())).isTrue();
  }

  @Test
  void cutShortEndsItOnce() {
    Span span = new Span(System.nanoTime(), Duration.ofHours(1), Duration.ZERO);
    span.cutShort();
    long end = span.end();
    assertThat(span.isOver(System.nanoTime())).isTrue();
    span.cutShort();
    assertThat(span.end()).isEqualTo(end);
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1_000));
  }
}
