package dev.intermission.gateway.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The address and the limits of a listener.
 *
 * @param host the interface's name or address
 * @param port 0 for any free one
 * @param maxConnections how many connections are served at a time; more wait to be accepted
 * @param maxHeaderBytes how many bytes the head of a request may have
 * @param idleTimeout how long a connection may be silent
 * @param receiveTimeout how long the head of a request may take to come in from its first byte, and
 *     at the management API the whole request
 * @param http2 whether HTTP/2 is spoken too
 * @param tls its certificate, or null for a listener without TLS
 */
public record ListenerConfig(
    String host,
    int port,
    int maxConnections,
    int maxHeaderBytes,
    Duration idleTimeout,
    Duration receiveTimeout,
    boolean http2,
    @Nullable TlsConfig tls) {

  /** The highest port that there is. */
  public static final int MAX_PORT = 65_535;

  private static final int MAX_CONNECTIONS = 1_000_000;
  private static final int MIN_HEADER_BYTES = 1 << 10;
  private static final int MAX_HEADER_BYTES = 1 << 20;
  private static final String NO_HOST = "found '', allowed is a name or address of this machine";

  /** The default traffic listener. */
  public static final ListenerConfig TRAFFIC =
      new ListenerConfig(
          "0.0.0.0",
          8080,
          10_000,
          16 << 10,
          Duration.ofSeconds(30),
          Duration.ofSeconds(15),
          true,
          null);

  /** The default listener of the management API. */
  public static final ListenerConfig ADMIN =
      new ListenerConfig(
          "127.0.0.1",
          9090,
          1_024,
          8 << 10,
          Duration.ofSeconds(30),
          Duration.ofSeconds(15),
          false,
          null);

  public ListenerConfig {
    if (host.isBlank()) {
      throw new KeyFault("host", NO_HOST);
    }
    KeyFault.requireRange("port", port, 0, MAX_PORT);
    KeyFault.requireRange("maxConnections", maxConnections, 1, MAX_CONNECTIONS);
    KeyFault.requireRange("maxHeaderBytes", maxHeaderBytes, MIN_HEADER_BYTES, MAX_HEADER_BYTES);
  }

  /** Returns a copy with another host and port; null keeps the present value. */
  public ListenerConfig at(@Nullable String otherHost, @Nullable Integer otherPort) {
    return new ListenerConfig(
        otherHost == null ? host : otherHost,
        otherPort == null ? port : otherPort,
        maxConnections,
        maxHeaderBytes,
        idleTimeout,
        receiveTimeout,
        http2,
        tls);
  }

  /** Reads a listener's section; keys that are missing have these defaults. */
  static ListenerConfig read(Section at, ListenerConfig defaults) {
    Value host = at.get("host");
    String name = host.text(defaults.host);
    if (name.isBlank()) {
      host.fault(NO_HOST);
      name = defaults.host;
    }
    Value tls = at.get("tls");
    ListenerConfig config =
        new ListenerConfig(
            name,
            at.get("port").integer(defaults.port, 0, MAX_PORT),
            at.get("maxConnections").integer(defaults.maxConnections, 1, MAX_CONNECTIONS),
            at.get("maxHeaderBytes")
                .integer(defaults.maxHeaderBytes, MIN_HEADER_BYTES, MAX_HEADER_BYTES),
            at.get("idleTimeout").duration(defaults.idleTimeout),
            at.get("receiveTimeout").duration(defaults.receiveTimeout),
            at.get("http2").flag(defaults.http2),
            tls.isGiven() ? TlsConfig.read(tls.section()) : defaults.tls);
    at.end();
    return config;
  }
}
