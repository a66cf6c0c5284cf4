package dev.intermission.gateway.client.time;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Shows times in the terminal's zone.
 *
 * @param now the time of the command
 * @param zone the terminal's zone
 */
public record TimeText(Instant now, ZoneId zone) {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT);
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

  /** A time that is nearer needs no date. */
  private static final Duration CLEAR = Duration.ofHours(12);

  /** Returns the time, with its date if that is not today. */
  public String at(Instant time) {
    ZonedDateTime local = time.atZone(zone);
    return (isToday(local) ? TIME : DAY).format(local);
  }

  private boolean isToday(ZonedDateTime local) {
    return local.toLocalDate().equals(now.atZone(zone).toLocalDate());
  }

  /** Returns the time to the second, with its date if that is not today. */
  public String toTheSecond(Instant time) {
    ZonedDateTime local = time.atZone(zone);
    String second = SECONDS.format(local);
    return isToday(local) ? second : DATE.format(local) + " " + second;
  }

  /** Returns the time of day, to the millisecond. */
  public String exactly(Instant time) {
    return MILLIS.format(time.atZone(zone));
  }

  /** Returns the date and the time, to the millisecond. */
  public String exactlyWithDate(Instant time) {
    return DATE.format(time.atZone(zone)) + " " + exactly(time);
  }

  /** Returns the time and how far away it is. */
  public String atWithDistance(OffsetDateTime time) {
    Duration left = Duration.between(now, time.toInstant());
    return (left.abs().compareTo(CLEAR) < 0
            ? TIME.format(time.atZoneSameInstant(zone))
            : at(time.toInstant()))
        + (left.isNegative()
            ? " (" + length(left.negated()) + " ago)"
            : " (in " + length(left) + ")");
  }

  /** Returns a duration in its two largest units. */
  public static String length(Duration duration) {
    // The seconds that a call takes must not make 29 minutes out of 30.
    long seconds = duration.plusSeconds(duration.toSeconds() >= 120 ? 30 : 0).toSeconds();
    if (seconds < 120) {
      return seconds + " s";
    }
    long minutes = seconds / 60;
    if (minutes < 60) {
      return minutes + " min";
    }
    long hours = minutes / 60;
    if (hours < 48) {
      return hours + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min");
    }
    return hours / 24 + " d" + (hours % 24 == 0 ? "" : " " + hours % 24 + " h");
  }
}
