package dev.intermission.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Durations as they are read and printed. */
class DurationsTest {

  @ParameterizedTest
  @CsvSource({"500us, 500000", "5ms, 5000000", "1.5s, 1500000000", "2m, 120000000000", "0s, 0"})
  void numberWithAUnitIsRead(String text, long nanos) {
    assertThat(Durations.parse(text)).isEqualTo(Duration.ofNanos(nanos));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "s", "-1s", "5 s", "5S", "1e3s", "five", "99999999999s"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> Durations.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "' is no duration");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 s",
    "950, 0.95 µs",
    "12345, 12.3 µs",
    "999999, 1000 µs",
    "1000000, 1 ms",
    "9994000, 9.99 ms",
    "100000000, 100 ms",
    "2500000000, 2.5 s",
    "599000000000, 599 s",
    "1200000000000, 20 min",
    "86400000000000, 24 h"
  })
  void printsThreeDigitsInTheUnitThatFits(long nanos, String text) {
    assertThat(Durations.text(nanos)).isEqualTo(text);
  }
}
