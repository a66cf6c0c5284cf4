package dev.intermission.api;

import java.util.List;

/**
 * What a node counted at one moment.
 *
 * @param version the version of the snapshot that was in force before the counts were read
 * @param countsInFlight whether the node counts requests in flight
 * @param proxies the counts of the proxies that it served closed, by a window or after a request to
 *     them, and of those that it does not serve while something is in flight to them. A proxy that
 *     was closed without a window and is not among them had no requests, and nothing is in flight
 *     to it
 */
public record NodeCounts(long version, boolean countsInFlight, List<ProxyCounts> proxies) {

  public NodeCounts {
    proxies = List.copyOf(proxies);
  }
}
