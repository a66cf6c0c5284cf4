package dev.intermission.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The bounds of a measurement; an empty bound is not checked.
 *
 * @param minThroughput answers a second
 */
record Bounds(Optional<Duration> maxP99, OptionalLong maxErrors, OptionalDouble minThroughput) {

  /**
   * One bound and what was measured.
   *
   * @param text both, for the user
   */
  record Check(String text, boolean met) {}

  List<Check> check(Measurement measured) {
    Counts all = measured.all();
    List<Check> checks = new ArrayList<>();
    maxP99.ifPresent(
        most ->
            checks.add(
                new Check(
                    "p99 is "
                        + Durations.text(all.percentile(99))
                        + ", at most "
                        + Durations.text(most)
                        + " is allowed",
                    all.latencies().getTotalCount() > 0 && all.percentile(99) <= most.toNanos())));
    maxErrors.ifPresent(
        most ->
            checks.add(
                new Check(
                    "errors are "
                        + Numbers.whole(all.failures())
                        + ", at most "
                        + Numbers.whole(most)
                        + " are allowed",
                    all.failures() <= most)));
    minThroughput.ifPresent(
        least ->
            checks.add(
                new Check(
                    "throughput is "
                        + Numbers.whole(measured.throughput())
                        + "/s, at least "
                        + Numbers.plain(least)
                        + "/s is asked for",
                    measured.throughput() >= least)));
    return checks;
  }
}
