package dev.intermission.gateway.client.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentTextTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /** Noon in Berlin, on the day before its clocks go forward. */
  private static final Instant NOW = Instant.parse("2026-03-28T11:00:00Z");

  private static String read(String text) {
    return MomentText.parse(text, NOW, BERLIN).toString();
  }

  @ParameterizedTest
  @CsvSource({
    "18:00, 2026-03-28T18:00+01:00",
    "12:00, 2026-03-29T12:00+02:00",
    "11:59:30, 2026-03-29T11:59:30+02:00",
    "18:00 Europe/Istanbul, 2026-03-28T18:00+03:00",
    "02:30 UTC, 2026-03-29T02:30Z",
    "02:30Z, 2026-03-29T02:30Z",
    "2026-07-01 02:00, 2026-07-01T02:00+02:00",
    "2026-07-01T02:00, 2026-07-01T02:00+02:00",
    "2026-07-01T02:00:00-05:00, 2026-07-01T02:00-05:00",
    "2026-07-01 02:00 America/New_York, 2026-07-01T02:00-04:00"
  })
  void timesAreReadInTheirZone(String text, String expected) {
    assertThat(read(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-29T10:00:00Z, 02:30, 2026-03-30T02:30+02:00",
    "2026-03-29T01:30:00Z, 02:30, 2026-03-30T02:30+02:00",
    "2026-10-25T11:00:00Z, 02:30, 2026-10-26T02:30+01:00",
    "2026-10-25T00:45:00Z, 04:00, 2026-10-25T04:00+01:00"
  })
  void timeThatHasPassedTodayIsThatOfTomorrow(Instant now, String text, String expected) {
    assertThat(MomentText.parse(text, now, BERLIN)).hasToString(expected);
  }

  @ParameterizedTest
  @CsvSource({"2026-03-29T01:29:59Z, does not exist", "2026-10-25T00:45:00Z, exists twice"})
  void timeOfTodayThatMayStillComeIsRefusedWhereClocksChange(Instant now, String why) {
    assertThatThrownBy(() -> MomentText.parse("02:30", now, BERLIN)).hasMessageContaining(why);
  }

  @Test
  void timeThatDoesNotExistIsRefusedWithBothReadings() {
    assertThatThrownBy(() -> read("02:30"))
        .hasMessage(
            "2026-03-29 02:30 does not exist in Europe/Berlin, where clocks go from 02:00 to 03:00; write 2026-03-29T02:30+01:00 or 2026-03-29T02:30+02:00");
  }

  @Test
  void timeThatExistsTwiceIsRefusedWithBothReadings() {
    assertThatThrownBy(() -> read("2026-10-25 02:30"))
        .hasMessage(
            "2026-10-25 02:30 exists twice in Europe/Berlin, where clocks go from 03:00 to 02:00; write 2026-10-25T02:30+02:00 or 2026-10-25T02:30+01:00");
    assertThat(read("2026-10-25T02:30+02:00")).isEqualTo("2026-10-25T02:30+02:00");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "noon", "6", "25:00", "2026-02-30 10:00", "10:00 Mars/Olympus", "1:00"})
  void whatIsNoTimeIsRefused(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
