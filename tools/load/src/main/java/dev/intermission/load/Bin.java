package dev.intermission.load;

/**
 * The results of the requests that ended in one part of the measured time.
 *
 * @param start seconds from the start of the measured time
 * @param end seconds from the start of the measured time
 * @param p50 nanoseconds; 0 if nothing was answered, like the other latencies
 */
record Bin(double start, double end, long answered, long failures, long p50, long p99, long max) {

  static Bin of(double start, double end, Counts counts) {
    return new Bin(
        start,
        end,
        counts.answered(),
        counts.failures(),
        counts.percentile(50),
        counts.percentile(99),
        counts.percentile(100));
  }

  double middle() {
    return (start + end) / 2;
  }

  /** Returns answers a second. */
  double throughput() {
    return answered / (end - start);
  }
}
