package dev.intermission.bench.load;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * When load runs and what of it is measured, in {@link System#nanoTime()}. A request belongs to the
 * moment at which it was due. Thread-safe.
 */
final class Span {

  private static final long LONGEST_PARK_NANOS = 100_000_000;

  private final long start;
  private final long measuredFrom;
  private final long window;
  private volatile long end;

  /**
   * @param window the length of the windows that take turns; zero if there are none
   */
  Span(long start, Duration warmup, Duration duration, Duration window) {
    this.start = start;
    this.window = window.toNanos();
    measuredFrom = start + warmup.toNanos();
    end = measuredFrom + duration.toNanos();
  }

  long start() {
    return start;
  }

  long measuredFrom() {
    return measuredFrom;
  }

  long end() {
    return end;
  }

  boolean isOver(long nanos) {
    return nanos - end >= 0;
  }

  boolean isMeasured(long nanos) {
    return nanos - measuredFrom >= 0;
  }

  /** Returns whether a moment is in a window with deployments, if there are deployments. */
  boolean isDeploying(long nanos) {
    return window == 0
        || !isMeasured(nanos)
        || Math.floorDiv(nanos - measuredFrom, window) % 2 == 1;
  }

  /** Returns how much of the measured time is in windows with deployments. */
  long deployingNanos() {
    long measured = Math.max(0, end - measuredFrom);
    if (window == 0) {
      return measured;
    }
    long pairs = measured / (2 * window);
    return pairs * window + Math.max(0, measured - pairs * 2 * window - window);
  }

  /** Waits until then, or until it is over if that is sooner. */
  void await(long nanos) throws InterruptedException {
    for (long now = System.nanoTime(); nanos - now > 0 && !isOver(now); now = System.nanoTime()) {
      LockSupport.parkNanos(Math.min(nanos - now, LONGEST_PARK_NANOS));
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  /** Ends it now, if it is not over yet. */
  void cutShort() {
    long now = System.nanoTime();
    if (!isOver(now)) {
      end = now;
    }
  }
}
