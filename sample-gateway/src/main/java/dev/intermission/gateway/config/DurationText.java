package dev.intermission.gateway.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as operators write them: a whole number and a unit, such as {@code 30s}. */
public final class DurationText {

  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

  private DurationText() {}

  /**
   * Returns the duration above zero that the text gives in ms, s, m, h or d.
   *
   * @throws IllegalArgumentException if the text is not such a duration
   */
  public static Duration parse(String text) {
    Duration duration = parseOrNull(text);
    if (duration == null || duration.isZero()) {
      throw new IllegalArgumentException(
          "found '"
              + text
              + "', allowed is a number above 0 and a unit (ms, s, m, h, d), such as 30s");
    }
    return duration;
  }

  /**
   * Returns the duration that the text says, which may be zero, or null if the text is not such a
   * duration.
   */
  static @Nullable Duration parseOrNull(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }
}
