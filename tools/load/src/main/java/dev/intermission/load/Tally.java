package dev.intermission.load;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * Counts the results of requests. Any thread may count, without a lock; one thread takes the counts
 * since its last call.
 */
final class Tally {

  private static final long LEAST_NANOS = 1_000;
  private static final long MOST_NANOS = 3_600_000_000_000L;
  private static final int DIGITS = 3;
  private static final int FIRST_STATUS = 100;
  private static final int LAST_STATUS = 999;

  private final Side quiet = new Side();
  private final Side deploying = new Side();

  /** An empty histogram that holds latencies as they are counted here. */
  static Histogram histogram() {
    return new Histogram(LEAST_NANOS, MOST_NANOS, DIGITS);
  }

  /**
   * Counts one request.
   *
   * @param whileDeploying whether it was due in a window with deployments
   * @param nanos from when it was due until its answer was complete or it had failed
   * @param status the status of its answer; 0 if there was none
   * @param failure null if its answer was right
   */
  void count(boolean whileDeploying, long nanos, int status, @Nullable Failure failure) {
    Side side = whileDeploying ? deploying : quiet;
    if (status >= FIRST_STATUS && status <= LAST_STATUS) {
      side.statuses.incrementAndGet(status);
    }
    if (failure != null) {
      side.countFailure(failure);
    }
    if (failure == null || failure.latencyCounts()) {
      side.latencies.recordValue(Math.min(MOST_NANOS, Math.max(0, nanos)));
    }
  }

  /** Returns what was counted in windows without deployments since the last call. */
  Counts takeQuiet() {
    return quiet.take();
  }

  /** Returns what was counted in windows with deployments since the last call. */
  Counts takeDeploying() {
    return deploying.take();
  }

  private static final class Side {

    private final Recorder latencies = new Recorder(LEAST_NANOS, MOST_NANOS, DIGITS);
    private final Map<Failure, AtomicLong> failures = new EnumMap<>(Failure.class);
    private final AtomicLongArray statuses = new AtomicLongArray(LAST_STATUS + 1);
    private @Nullable Histogram recycled;

    Side() {
      for (Failure failure : Failure.values()) {
        failures.put(failure, new AtomicLong());
      }
    }

    void countFailure(Failure failure) {
      Objects.requireNonNull(failures.get(failure)).incrementAndGet();
    }

    Counts take() {
      recycled = latencies.getIntervalHistogram(recycled);
      Counts counts = new Counts();
      counts.addLatencies(recycled);
      failures.forEach((failure, count) -> counts.addFailures(failure, count.getAndSet(0)));
      for (int status = FIRST_STATUS; status <= LAST_STATUS; status++) {
        long count = statuses.getAndSet(status, 0);
        if (count > 0) {
          counts.addStatus(status, count);
        }
      }
      return counts;
    }
  }
}
