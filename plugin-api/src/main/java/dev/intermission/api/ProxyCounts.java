package dev.intermission.api;

import java.util.Objects;

/**
 * What a node counted of a proxy that it does not let requests pass to. The counts of requests
 * begin with 0 when the proxy is closed, and when the node starts.
 *
 * @param proxy the proxy
 * @param closed whether the node serves it closed; if not, the node does not serve it at all
 * @param answers how many requests got the maintenance response since it was closed
 * @param admitted how many were let in by an exemption since then
 * @param bypassed how many were let in by a bypass token since then
 * @param inFlight how many requests are in flight that passed because it was open; 0 where they are
 *     not counted
 * @param letIn how many are in flight that were let in on purpose; 0 where they are not counted
 */
public record ProxyCounts(
    ProxyId proxy,
    boolean closed,
    long answers,
    long admitted,
    long bypassed,
    int inFlight,
    int letIn) {

  /**
   * @throws IllegalArgumentException if a count is negative
   */
  public ProxyCounts {
    Objects.requireNonNull(proxy, "proxy");
    if (answers < 0 || admitted < 0 || bypassed < 0 || inFlight < 0 || letIn < 0) {
      throw new IllegalArgumentException("a count of " + proxy + " is negative");
    }
  }

  /** Returns the counts of a closed proxy that had no requests. */
  public static ProxyCounts none(ProxyId proxy) {
    return new ProxyCounts(proxy, true, 0, 0, 0, 0, 0);
  }

  /** Returns whether there was no request. */
  public boolean isZero() {
    return answers == 0 && admitted == 0 && bypassed == 0 && inFlight == 0 && letIn == 0;
  }
}
