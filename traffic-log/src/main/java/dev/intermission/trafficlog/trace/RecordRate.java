package dev.intermission.trafficlog.trace;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many requests are recorded: at most so many in any span of one second. Goes by a monotonic
 * clock, and allocates nothing. Thread-safe.
 */
final class RecordRate {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanoTime;

  /** When the last ones were taken; the oldest is next. Guarded by this. */
  private final long[] taken;

  private int next;

  /** When the next one can be taken, so that those before it need no lock. */
  private volatile long free;

  RecordRate(int inASecond, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    taken = new long[inASecond];
    free = nanoTime.getAsLong();
    Arrays.fill(taken, free - SECOND);
  }

  /** Returns whether one more may be recorded now, and counts it. */
  boolean take() {
    long now = nanoTime.getAsLong();
    return now - free >= 0 && takeAt(now);
  }

  private synchronized boolean takeAt(long now) {
    if (now - taken[next] < SECOND) {
      return false;
    }
    taken[next] = now;
    next = (next + 1) % taken.length;
    free = taken[next] + SECOND;
    return true;
  }
}
