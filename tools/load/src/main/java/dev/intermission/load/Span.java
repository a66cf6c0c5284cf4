package dev.intermission.load;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A time in which load runs, in {@link System#nanoTime()}. A request belongs to the moment at which
 * it was due. Windows without deployments and windows with them take turns. Thread-safe.
 */
final class Span {

  private static final long LONGEST_PARK_NANOS = 100_000_000;

  private final long start;
  private final long window;
  private volatile long end;

  /**
   * @param window the length of a window; zero for deployments all the time
   */
  Span(long start, Duration length, Duration window) {
    this.start = start;
    this.window = window.toNanos();
    end = start + length.toNanos();
  }

  long start() {
    return start;
  }

  long end() {
    return end;
  }

  /** Returns how many seconds it had lasted at that moment. */
  double second(long nanos) {
    return (nanos - start) / 1e9;
  }

  boolean isOver(long nanos) {
    return nanos - end >= 0;
  }

  /** Returns whether a moment is in a window with deployments, if there are deployments. */
  boolean isDeploying(long nanos) {
    return window == 0 || Math.floorDiv(nanos - start, window) % 2 == 1;
  }

  /** Returns how many seconds are in windows with deployments. */
  double deployingSeconds() {
    long all = end - start;
    if (window == 0) {
      return all / 1e9;
    }
    long pairs = all / (2 * window);
    return (pairs * window + Math.max(0, all - pairs * 2 * window - window)) / 1e9;
  }

  /** Waits until this moment, or until the end of the span if that is sooner. */
  void await(long nanos) throws InterruptedException {
    for (long now = System.nanoTime(); nanos - now > 0 && !isOver(now); now = System.nanoTime()) {
      LockSupport.parkNanos(Math.min(nanos - now, LONGEST_PARK_NANOS));
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  /** Ends the span now, if it is not over yet. */
  void cutShort() {
    long now = System.nanoTime();
    if (!isOver(now)) {
      end = now;
    }
  }
}
