package dev.intermission.api;

import java.util.List;

/**
 * What a node counted at one moment.
 *
 * @param version the version of the snapshot that was in force before the counts were read
 * @param countsInFlight whether the node counts requests in flight, and knows now to which proxy
 *     each one belongs; it does not as long as one is in flight that passed before its first
 *     snapshot
 * @param proxies the counts of the proxies that it served closed, by a window or after a request to
 *     them, and of those that it does not serve while something is in flight to them. A proxy that
 *     was closed without a window and is not among them had no requests, and nothing is in flight
 *     to it, if they are complete. Those that the time closes or opens come first
 * @param complete whether none was left out because there are too many. Those that are left out
 *     have no more requests in flight than any of those that are told
 */
public record NodeCounts(
    long version, boolean countsInFlight, List<ProxyCounts> proxies, boolean complete) {

  /** The most proxies of which a node tells the counts. */
  public static final int MOST_PROXIES = 10_000;

  public NodeCounts {
    proxies = List.copyOf(proxies);
  }
}
