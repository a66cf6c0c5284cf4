package dev.intermission.api;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * One upstream address of a proxy.
 *
 * @param address an absolute http or https URI without query, fragment or user; its host may be a
 *     name with an underscore (RFC 3986 section 3.2.2), for which {@link URI#getHost} is null
 * @param weight its share of the requests relative to the other addresses; 0 takes it out
 * @param healthMonitoringEnabled whether the host gateway watches the address's health
 */
public record RoutingAddress(URI address, int weight, boolean healthMonitoringEnabled) {

  private static final int MAX_PORT = 65_535;

  /**
   * @throws IllegalArgumentException if the address is not such a URI, its port is not from 1 to
   *     65,535, or the weight is not from 0 to 1,000,000
   */
  public RoutingAddress {
    boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
    URI server = server(address);
    if (!http
        || server == null
        || address.getRawQuery() != null
        || address.getRawFragment() != null
        || server.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "address '"
              + address
              + "' is not allowed; write http://host:port/path or https://host:port/path");
    }
    if (server.getPort() == 0 || server.getPort() > MAX_PORT) {
      throw new IllegalArgumentException(
          "address '"
              + address
              + "' has the port "
              + server.getPort()
              + ", allowed are 1 to "
              + MAX_PORT);
    }
    if (weight < 0 || weight > 1_000_000) {
      throw new IllegalArgumentException("weight " + weight + " is not from 0 to 1000000");
    }
  }

  /** Returns the name or address in the URI, that of IPv6 in brackets. */
  public String host() {
    String host = address.getHost();
    return host == null
        ? address.getRawAuthority().substring(0, requireServer().getHost().length())
        : host;
  }

  /** Returns the port in the URI, or -1 if it has none. */
  public int port() {
    return address.getHost() == null ? requireServer().getPort() : address.getPort();
  }

  private URI requireServer() {
    URI server = server(address);
    if (server == null) {
      throw new IllegalStateException("An address has no host any more");
    }
    return server;
  }

  /**
   * Returns a URI with a host of the same length, the same port and user; null if there is no host.
   * The JDK parses an authority with an underscore as no host and port.
   */
  private static @Nullable URI server(URI address) {
    String authority = address.getRawAuthority();
    if (address.getHost() != null || authority == null || authority.indexOf('_') < 0) {
      return address.getHost() == null ? null : address;
    }
    URI server = URI.create("http://" + authority.replace('_', 'x'));
    return server.getHost() == null ? null : server;
  }
}
