package dev.intermission.gate;

import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.Moment;
import dev.intermission.api.RetryAfter;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The value of Retry-After, where it differs from request to request: it counts down to the end of
 * the maintenance, or is spread by chance.
 */
final class RetryTime {

  /** The value that means that there is no such field. */
  static final long NONE = 0;

  private final SharedSecond now;
  private final long end;
  private final long otherwise;
  private final int spread;

  private RetryTime(SharedSecond now, long end, long otherwise, int spread) {
    this.now = now;
    this.end = end;
    this.otherwise = otherwise;
    this.spread = spread;
  }

  static RetryTime of(MaintenanceSettings settings, SharedSecond now) {
    RetryAfter retry = settings.retryAfter();
    Moment endsAt = settings.window().endsAt();
    return new RetryTime(
        now,
        endsAt == null ? Long.MIN_VALUE : ceilingSecond(endsAt.instant()),
        retry.seconds() == null ? NONE : retry.seconds(),
        retry.spreadSeconds());
  }

  /** Returns the first whole second that is not before the instant. */
  static long ceilingSecond(Instant instant) {
    return instant.getEpochSecond() + (instant.getNano() > 0 ? 1 : 0);
  }

  /** Returns whether the value is the same for each request, the one without an end. */
  boolean isFixed() {
    return end == Long.MIN_VALUE && (spread == 0 || otherwise == NONE);
  }

  /** Returns the value for one request, or {@link #NONE}. */
  long seconds() {
    long second = now.epochSecond();
    long seconds = second < end ? end - second : otherwise;
    return seconds == NONE || spread == 0
        ? seconds
        : seconds + ThreadLocalRandom.current().nextInt(spread + 1);
  }
}
