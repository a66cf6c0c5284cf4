package dev.intermission.gateway.server;

import java.time.Duration;

/**
 * The total time that a stop may take, for all listeners with requests in flight. Safe for use by
 * several threads.
 */
public final class StopTime {

  /** The part of the time that is reserved for closing what is left after the requests. */
  private static final int SHARE_FOR_CLOSING = 10;

  private final Duration limit;
  private long begin;
  private boolean hasBegun;

  /** Takes the total time, which begins with the first call of {@link #leftForRequests}. */
  public StopTime(Duration limit) {
    this.limit = limit;
  }

  /** Returns how long requests in flight may still take; zero if their time is over. */
  synchronized Duration leftForRequests() {
    long now = System.nanoTime();
    if (!hasBegun) {
      hasBegun = true;
      begin = now;
    }
    Duration left = limit.minus(limit.dividedBy(SHARE_FOR_CLOSING)).minusNanos(now - begin);
    return left.isNegative() ? Duration.ZERO : left;
  }
}
