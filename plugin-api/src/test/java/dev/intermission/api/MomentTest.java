package dev.intermission.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentTest {

  @ParameterizedTest
  @CsvSource({
    "2026-07-01T18:00:00+02:00, 2026-07-01T16:00:00Z",
    "2026-07-01T18:00:00Z, 2026-07-01T18:00:00Z",
    "2026-07-01t18:00:00z, 2026-07-01T18:00:00Z",
    "2026-07-01T18:00:00.5Z, 2026-07-01T18:00:00.500Z",
    "2026-07-01T18:00:00.123456789-23:59, 2026-07-02T17:59:00.123456789Z",
    "2026-07-01T00:30:00-00:00, 2026-07-01T00:30:00Z",
    "2024-02-29T00:00:00+00:30, 2024-02-28T23:30:00Z",
    "9999-12-31T23:59:59-23:59, +10000-01-01T23:58:59Z"
  })
  void isKeptAsItWasWrittenAndNamesAnInstant(String text, Instant instant) {
    Moment moment = Moment.parse(text);
    assertThat(moment.value()).isEqualTo(text);
    assertThat(moment.instant()).isEqualTo(instant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tomorrow",
        "2026-07-01",
        "2026-07-01T18:00:00",
        "2026-07-01T18:00Z",
        "2026-07-01 18:00:00Z",
        "2026-07-01T18:00:00+0200",
        "2026-07-01T18:00:00+02",
        "2026-07-01T18:00:00+24:00",
        "2026-07-01T18:00:00+02:60",
        "2026-07-01T18:00:00.Z",
        "2026-07-01T18:00:00,5Z",
        "2026-07-01T18:00:00.1234567891Z",
        "2026-07-01T24:00:00Z",
        "2026-06-30T23:59:60Z",
        "2026-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "+2026-07-01T18:00:00Z",
        "2026-07-01T18:00:00Z\n",
        "2026-07-01T18:00:00[Europe/Berlin]",
        "\u0662026-07-01T18:00:00Z"
      })
  void anythingElseIsRefusedWithAnExample(String text) {
    assertThatThrownBy(() -> Moment.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(
            "; allowed is a date and time with an offset (RFC 3339), as in 2026-07-01T18:00:00+02:00");
  }

  @Test
  void windowEndsAfterItsStartWhateverTheOffsets() {
    Window window =
        new Window(
            Moment.parse("2026-07-01T18:00:00+02:00"), Moment.parse("2026-07-01T16:00:01Z"), true);
    assertThat(MaintenanceSettings.DEFAULT.withWindow(window).window()).isEqualTo(window);
    Window empty =
        new Window(
            Moment.parse("2026-07-01T18:00:00+02:00"), Moment.parse("2026-07-01T16:00:00Z"), true);
    assertThatThrownBy(() -> MaintenanceSettings.DEFAULT.withWindow(empty))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessage(
            "endsAt: is 2026-07-01T16:00:00Z; allowed is a time later than startsAt, 2026-07-01T18:00:00+02:00");
  }
}
