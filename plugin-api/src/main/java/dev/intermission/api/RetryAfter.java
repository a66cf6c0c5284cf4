package dev.intermission.api;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When clients of a closed proxy are asked to come back (contract section 2).
 *
 * @param seconds after so many seconds, where no end of the maintenance is known or it has passed;
 *     1 to {@value #MAX_SECONDS}, or null to ask nothing then
 * @param spreadSeconds up to so many seconds later, by chance, so that not all return at once; 0 to
 *     {@value #MAX_SPREAD}
 */
public record RetryAfter(@Nullable Integer seconds, int spreadSeconds) {

  /** The most seconds: a year. */
  public static final int MAX_SECONDS = 31_536_000;

  /** The largest spread in seconds. */
  public static final int MAX_SPREAD = 3600;

  /** Clients are asked nothing, as long as no end is known. */
  public static final RetryAfter NONE = new RetryAfter(null, 0);

  /** Returns whether clients can be asked to come back after so many seconds. */
  public static boolean isAllowed(int seconds) {
    return seconds >= 1 && seconds <= MAX_SECONDS;
  }

  /** Returns what to tell an operator who asked for this number of seconds. */
  public static String notAllowed(Object found) {
    return "is " + found + "; allowed are 1 to " + MAX_SECONDS + " seconds";
  }

  /** Returns whether this can be a spread. */
  public static boolean isAllowedSpread(int seconds) {
    return seconds >= 0 && seconds <= MAX_SPREAD;
  }

  /** Returns what to tell an operator who asked for this spread. */
  public static String spreadNotAllowed(Object found) {
    return "is " + found + "; allowed are 0 to " + MAX_SPREAD + " seconds";
  }

  List<FieldError> faults() {
    List<FieldError> faults = new ArrayList<>();
    if (seconds != null && !isAllowed(seconds)) {
      faults.add(new FieldError("retryAfterSeconds", notAllowed(seconds)));
    }
    if (!isAllowedSpread(spreadSeconds)) {
      faults.add(new FieldError("retrySpreadSeconds", spreadNotAllowed(spreadSeconds)));
    }
    return faults;
  }
}
