package dev.intermission.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A date and time with an offset (RFC 3339 section 5.6), kept as it was written: {@link #value()}
 * is given back, {@link #instant()} is what counts. Immutable.
 */
public final class Moment {

  private static final Pattern FORM =
      Pattern.compile(
          "([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\\.([0-9]{1,9}))?"
              + "(?:[Zz]|([+-])([01][0-9]|2[0-3]):([0-5][0-9]))");
  private static final String ALLOWED =
      "; allowed is a date and time with an offset (RFC 3339), as in 2026-07-01T18:00:00+02:00";

  private final String value;
  private final Instant instant;

  private Moment(String value, Instant instant) {
    this.value = value;
    this.instant = instant;
  }

  /**
   * Reads a date and time with seconds, up to nine digits of a fraction, and {@code Z} or an offset
   * in hours and minutes. A leap second is not read, since the clocks of gateways have none.
   *
   * @throws IllegalArgumentException with a message for the operator if the text is something else
   */
  public static Moment parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("is no date and time with an offset" + ALLOWED);
    }
    try {
      LocalDateTime local =
          LocalDateTime.of(
              number(parts, 1),
              number(parts, 2),
              number(parts, 3),
              number(parts, 4),
              number(parts, 5),
              number(parts, 6),
              nanos(parts.group(7)));
      return new Moment(text, local.minusSeconds(offset(parts)).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("names a day or time that does not exist" + ALLOWED, e);
    }
  }

  private static int number(Matcher parts, int group) {
    return Integer.parseInt(parts.group(group));
  }

  private static int nanos(@Nullable String fraction) {
    return fraction == null ? 0 : Integer.parseInt((fraction + "00000000").substring(0, 9));
  }

  private static int offset(Matcher parts) {
    if (parts.group(8) == null) {
      return 0;
    }
    int seconds = (number(parts, 9) * 60 + number(parts, 10)) * 60;
    return parts.group(8).equals("-") ? -seconds : seconds;
  }

  /** Returns the text as it was written. */
  public String value() {
    return value;
  }

  /** Returns the instant that it names. */
  public Instant instant() {
    return instant;
  }

  /** Equal if both were written with the same characters. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Moment that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value;
  }
}
