package dev.intermission.gateway.server;

import java.time.Duration;

/**
 * The time that a stop may take in all, whatever number of listeners has requests in flight. Safe
 * for use by several threads.
 */
public final class StopTime {

  /** What is kept of it for closing what is left when the requests had their time. */
  private static final int SHARE_FOR_CLOSING = 10;

  private final Duration limit;
  private long begin;
  private boolean hasBegun;

  /** Takes the time in all; it runs from the first question on. */
  public StopTime(Duration limit) {
    this.limit = limit;
  }

  /** Returns how long requests in flight may still take; zero if they had their time. */
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
