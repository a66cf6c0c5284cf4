package dev.intermission.load;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 500us}, {@code 5ms}, {@code 1.5s}, {@code 2m}. */
final class Durations {

  private static final Pattern WRITTEN =
      Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,6})?)(us|ms|s|m|h)");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "us", Duration.ofNanos(1_000),
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1));

  private Durations() {}

  /**
   * @throws IllegalArgumentException if the text is not a number with a unit
   */
  static Duration parse(String text) {
    Matcher matcher = WRITTEN.matcher(text);
    Duration unit = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
    if (unit == null) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is no duration; write a number with a unit (us, ms, s, m, h), such as 500ms or 30s");
    }
    BigDecimal nanos =
        new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit.toNanos()));
    return Duration.ofNanos(nanos.longValue());
  }

  /** Returns the duration with the unit in which it reads best, to three digits. */
  static String text(Duration duration) {
    return text(duration.toNanos());
  }

  /** Returns the duration with the unit in which it reads best, to three digits. */
  static String text(long nanos) {
    double micros = nanos / 1e3;
    if (nanos == 0) {
      return "0 s";
    }
    if (micros < 1e3) {
      return digits(micros) + " µs";
    }
    if (micros < 1e6) {
      return digits(micros / 1e3) + " ms";
    }
    if (micros < 600e6) {
      return digits(micros / 1e6) + " s";
    }
    return micros < 6_000e6 ? digits(micros / 60e6) + " min" : digits(micros / 3_600e6) + " h";
  }

  private static String digits(double value) {
    String format = value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f";
    String text = String.format(Locale.ROOT, format, value);
    return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
  }
}
