package dev.intermission.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * From when until when a gateway records the requests of a proxy (contract section 12).
 *
 * @param from the first moment of it
 * @param until the first moment after it; not later than {@link #LONGEST} after the first. A window
 *     that ends before it begins records nothing
 */
public record TraceWindow(Instant from, Instant until) {

  /** The longest window. */
  public static final Duration LONGEST = Duration.ofHours(24);

  public TraceWindow {
    Objects.requireNonNull(from, "from");
    if (until.isAfter(from.plus(LONGEST))) {
      throw new IllegalArgumentException(
          "The window from " + from + " until " + until + " is longer than 24 hours");
    }
  }

  /** Returns whether requests that begin at this time are recorded. */
  public boolean isActiveAt(Instant now) {
    return !now.isBefore(from) && now.isBefore(until);
  }

  /** Returns whether nothing is recorded any more from this time on. */
  public boolean hasEnded(Instant now) {
    return !now.isBefore(until);
  }
}
