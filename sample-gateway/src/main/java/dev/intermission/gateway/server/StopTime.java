package dev.intermission.gateway.server;

import java.time.Duration;

/**
 * The total time that a stop may take, for all listeners with requests in flight. Safe for use by
 * several threads.
 */
public final class StopTime {

  /** The part of the time that is reserved for closing what is left after the requests. */
  private static final int SHARE_FOR_CLOSING = 10;

  private Duration limit;
  private Duration delay = Duration.ZERO;
  private long begin;
  private boolean hasBegun;

  /** Takes the total time, which begins with the first call of {@link #leftForRequests}. */
  public StopTime(Duration limit) {
    this.limit = limit;
  }

  /** Takes another limit, for a stop that has not begun. */
  public synchronized void limit(Duration next) {
    limit = next;
  }

  /** Takes how long the listeners go on before the stop, which is none if it is not said. */
  public synchronized void delay(Duration next) {
    delay = next;
  }

  /** Returns how long the listeners go on before the stop. */
  public synchronized Duration delay() {
    return delay;
  }

  /** Returns how long all of it may take. */
  public synchronized Duration whole() {
    return delay.plus(limit);
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
