package dev.intermission.api;

import java.net.URI;

/**
 * One upstream address of a proxy.
 *
 * @param address an absolute http or https URI without query, fragment or user
 * @param weight its share of the requests relative to the other addresses; 0 takes it out
 * @param healthMonitoringEnabled whether the host gateway watches the address's health
 */
public record RoutingAddress(URI address, int weight, boolean healthMonitoringEnabled) {

  /**
   * @throws IllegalArgumentException if the address is not such a URI, or the weight is not from 0
   *     to 1,000,000
   */
  public RoutingAddress {
    boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
    if (!http
        || address.getHost() == null
        || address.getRawQuery() != null
        || address.getRawFragment() != null
        || address.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "address '"
              + address
              + "' is not allowed; write http://host:port/path or https://host:port/path");
    }
    if (weight < 0 || weight > 1_000_000) {
      throw new IllegalArgumentException("weight " + weight + " is not from 0 to 1000000");
    }
  }
}
