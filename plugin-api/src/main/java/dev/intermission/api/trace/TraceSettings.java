package dev.intermission.api.trace;

import dev.intermission.api.FieldError;
import dev.intermission.api.InvalidSettingsException;
import dev.intermission.api.Moment;
import dev.intermission.api.TraceWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which requests of a proxy are recorded whole, as an operator saved it (contract section 12). In
 * force with the next deployment in its environment.
 *
 * @param enabled whether requests are recorded
 * @param start from when, null for from the deployment
 * @param stop until when, null for {@link #DEFAULT_LENGTH} after the start; later than the start,
 *     and at most {@link TraceWindow#LONGEST} later
 * @param environment the one environment whose requests are recorded; not null while enabled
 */
public record TraceSettings(
    boolean enabled, @Nullable Moment start, @Nullable Moment stop, @Nullable String environment) {

  /** The settings of a proxy never configured. */
  public static final TraceSettings DEFAULT = new TraceSettings(false, null, null, null);

  /** How long is recorded where no end is given. */
  public static final Duration DEFAULT_LENGTH = Duration.ofMinutes(5);

  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  /**
   * @throws InvalidSettingsException with every fault if the values do not fit each other
   */
  public TraceSettings {
    List<FieldError> errors = new ArrayList<>();
    if (enabled && environment == null) {
      errors.add(
          new FieldError(
              "environmentName",
              "is missing; while enableTraceLog is true, the name of one environment is required"));
    }
    requireShown("startTime", start, stop == null ? DEFAULT_LENGTH : Duration.ZERO, errors);
    requireShown("stopTime", stop, Duration.ZERO, errors);
    if (start != null && stop != null) {
      Instant from = start.instant();
      Instant until = stop.instant();
      if (!until.isAfter(from) || until.isAfter(from.plus(TraceWindow.LONGEST))) {
        errors.add(
            new FieldError(
                "stopTime",
                "is "
                    + stop
                    + "; allowed is a time later than startTime, "
                    + start
                    + ", and at most 24 hours after it"));
      }
    }
    if (!errors.isEmpty()) {
      throw new InvalidSettingsException(errors);
    }
  }

  /** The window is shown in UTC, where RFC 3339 has no other years. */
  private static void requireShown(
      String field, @Nullable Moment time, Duration length, List<FieldError> errors) {
    if (time != null
        && (time.instant().isBefore(FIRST) || time.instant().plus(length).isAfter(LAST))) {
      errors.add(
          new FieldError(
              field,
              "is "
                  + time
                  + "; allowed is a time whose window is in the years 0000 to 9999 in UTC"));
    }
  }

  /** Returns whether it records requests of this environment, once deployed there. */
  public boolean isFor(String other) {
    return enabled && other.equals(environment);
  }

  /**
   * Returns the window that a deployment fixes.
   *
   * @param deployed when it was deployed for the first time
   */
  public TraceWindow window(Instant deployed) {
    Instant from = start == null ? deployed : start.instant();
    Instant until = stop == null ? from.plus(DEFAULT_LENGTH) : stop.instant();
    Instant latest = from.plus(TraceWindow.LONGEST);
    return new TraceWindow(from, until.isAfter(latest) ? latest : until);
  }
}
