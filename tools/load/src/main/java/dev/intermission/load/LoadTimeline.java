package dev.intermission.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The measured time in at most some 240 bins, however long that is, so that the size of a report is
 * limited. Not thread-safe.
 */
final class LoadTimeline {

  private static final int BINS = 240;

  private final long binTicks;
  private final double shortest;
  private final List<Bin> bins = new ArrayList<>();
  private final Counts open = new Counts();
  private double start;
  private double last;
  private long ticks;

  /**
   * @param tick how often {@link #add} is called
   */
  LoadTimeline(Duration duration, Duration tick) {
    long all = duration.toNanos() / tick.toNanos();
    shortest = tick.toNanos() / 2e9;
    binTicks = Math.max(1, (all + BINS - 1) / BINS);
  }

  /** Adds what was counted since the last call, which ended at this second. */
  void add(double second, Counts counts) {
    // The rest at the end can be too short for a rate of its own.
    if (ticks >= binTicks && second - last > shortest) {
      close();
    }
    open.add(counts);
    last = second;
    ticks++;
  }

  /** Returns all bins, including the incomplete one; to be called last. */
  List<Bin> bins() {
    if (last > start) {
      close();
    }
    return List.copyOf(bins);
  }

  private void close() {
    bins.add(Bin.of(start, last, open));
    open.clear();
    start = last;
    ticks = 0;
  }
}
