package dev.intermission.load;

import java.time.Instant;
import java.util.List;

/**
 * The results of a load test.
 *
 * @param start when the measured time began
 * @param seconds how long the measured time was
 * @param deployingSeconds how much of it was in windows with deployments
 * @param quiet requests that were due in windows without deployments
 * @param deploying requests that were due in windows with deployments
 * @param swaps the deployments, oldest first
 */
record Measurement(
    LoadPlan plan,
    Instant start,
    double seconds,
    double deployingSeconds,
    Counts quiet,
    Counts deploying,
    List<Bin> bins,
    List<Swap> swaps) {

  Measurement {
    bins = List.copyOf(bins);
    swaps = List.copyOf(swaps);
  }

  Counts all() {
    Counts all = new Counts();
    all.add(quiet);
    all.add(deploying);
    return all;
  }

  /** Returns answers a second, right or wrong. */
  double throughput() {
    return perSecond(all(), seconds);
  }

  /** Returns whether there were windows with deployments and windows without, to be compared. */
  boolean compares() {
    return plan.deployments().isPresent() && quiet.requests() > 0 && deploying.requests() > 0;
  }

  /**
   * Returns the results of all requests and, if they can be compared, those of each kind of window.
   */
  List<Part> parts() {
    Part all = new Part("all", all(), throughput());
    return compares() ? List.of(all, withoutDeployments(), withDeployments()) : List.of(all);
  }

  Part withoutDeployments() {
    return new Part("quiet", quiet, perSecond(quiet, seconds - deployingSeconds));
  }

  Part withDeployments() {
    return new Part("deploying", deploying, perSecond(deploying, deployingSeconds));
  }

  /**
   * Some of the requests.
   *
   * @param throughput answers a second
   */
  record Part(String name, Counts counts, double throughput) {}

  private static double perSecond(Counts counts, double seconds) {
    return seconds <= 0 ? 0 : counts.answered() / seconds;
  }
}
