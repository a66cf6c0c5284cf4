package dev.intermission.feed.server;

import dev.intermission.api.ProxyCounts;

/**
 * Numbers of requests to a closed proxy.
 *
 * @param answers those that got the maintenance response
 * @param admitted those that an exemption let in
 * @param bypassed those that a bypass token let in
 */
public record CountedRequests(long answers, long admitted, long bypassed) {

  /** No requests. */
  public static final CountedRequests NONE = new CountedRequests(0, 0, 0);

  static CountedRequests of(ProxyCounts counts) {
    return new CountedRequests(counts.answers(), counts.admitted(), counts.bypassed());
  }

  /** Returns the sum of both. */
  public CountedRequests plus(CountedRequests other) {
    return new CountedRequests(
        answers + other.answers, admitted + other.admitted, bypassed + other.bypassed);
  }

  /** Returns what came after the earlier ones; all, if counting has begun anew since. */
  CountedRequests since(CountedRequests earlier) {
    boolean isAnew =
        answers < earlier.answers || admitted < earlier.admitted || bypassed < earlier.bypassed;
    return isAnew
        ? this
        : new CountedRequests(
            answers - earlier.answers, admitted - earlier.admitted, bypassed - earlier.bypassed);
  }
}
