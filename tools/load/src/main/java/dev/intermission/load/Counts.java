package dev.intermission.load;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** A sum of counted requests. Not thread-safe. */
final class Counts {

  private final Histogram latencies = Tally.histogram();
  private final Map<Failure, Long> failures = new EnumMap<>(Failure.class);

  /** By the status of the answer. */
  private final SortedMap<Integer, Long> statuses = new TreeMap<>();

  void add(Counts other) {
    latencies.add(other.latencies);
    other.statuses.forEach(this::addStatus);
    other.failures.forEach(this::addFailures);
  }

  void addLatencies(Histogram more) {
    latencies.add(more);
  }

  void addFailures(Failure failure, long count) {
    failures.merge(failure, count, Long::sum);
  }

  void addStatus(int status, long count) {
    statuses.merge(status, count, Long::sum);
  }

  /** Returns how many answers had each status, right and wrong ones. */
  SortedMap<Integer, Long> statuses() {
    return Collections.unmodifiableSortedMap(statuses);
  }

  void clear() {
    statuses.clear();
    latencies.reset();
    failures.clear();
  }

  /** Returns the latencies in nanoseconds, from when a request was due. */
  Histogram latencies() {
    return latencies;
  }

  long percentile(double percentile) {
    return latencies.getValueAtPercentile(percentile);
  }

  long failures(Failure failure) {
    return failures.getOrDefault(failure, 0L);
  }

  long failures() {
    return failures.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns how many requests there were, right and wrong. */
  long requests() {
    long sum = latencies.getTotalCount();
    for (Failure failure : Failure.values()) {
      sum += failure.latencyCounts() ? 0 : failures(failure);
    }
    return sum;
  }

  /** Returns how many requests got an answer, right or wrong. */
  long answered() {
    return latencies.getTotalCount() - failures(Failure.TIMED_OUT) - failures(Failure.NOT_SENT);
  }
}
