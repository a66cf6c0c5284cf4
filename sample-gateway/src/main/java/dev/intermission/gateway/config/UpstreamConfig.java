package dev.intermission.gateway.config;

import java.time.Duration;

/**
 * How the gateway speaks to upstreams.
 *
 * @param connectTimeout how long a connection may take to be made
 * @param idleTimeout how long an upstream may be silent while a request is with it
 * @param responseTimeout how long the head of the final response may take, from when the request is
 *     sent, or waits for a connection
 * @param maxConnections how many connections there are to one address at a time
 * @param preserveHost whether the upstream gets the Host that the client sent, instead of its own
 */
public record UpstreamConfig(
    Duration connectTimeout,
    Duration idleTimeout,
    Duration responseTimeout,
    int maxConnections,
    boolean preserveHost) {

  /** The defaults. */
  public static final UpstreamConfig DEFAULTS =
      new UpstreamConfig(
          Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(60), 256, false);

  private static final int MAX_CONNECTIONS = 100_000;

  public UpstreamConfig {
    KeyFault.requireRange("maxConnections", maxConnections, 1, MAX_CONNECTIONS);
  }

  /** Reads the section {@code upstream}. */
  static UpstreamConfig read(Section at) {
    UpstreamConfig config =
        new UpstreamConfig(
            at.get("connectTimeout").duration(DEFAULTS.connectTimeout),
            at.get("idleTimeout").duration(DEFAULTS.idleTimeout),
            at.get("responseTimeout").duration(DEFAULTS.responseTimeout),
            at.get("maxConnections").integer(DEFAULTS.maxConnections, 1, MAX_CONNECTIONS),
            at.get("preserveHost").flag(DEFAULTS.preserveHost));
    at.end();
    return config;
  }
}
