package dev.intermission.gateway.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a listener is, and what it puts up with.
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

  /** The traffic listener where nothing is said. */
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

  /** The management API's listener where nothing is said. */
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
      throw new KeyFault("host", "found '', allowed is a name or address of this machine");
    }
    KeyFault.requireRange("port", port, 0, MAX_PORT);
    KeyFault.requireRange("maxConnections", maxConnections, 1, 1_000_000);
    KeyFault.requireRange("maxHeaderBytes", maxHeaderBytes, 1 << 10, 1 << 20);
  }

  /** Returns the same with another host and port; null keeps what is there. */
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

  /** A listener as the file has it. */
  record Entry(
      @JsonProperty("host") @Nullable String host,
      @JsonProperty("port") @Nullable Integer port,
      @JsonProperty("maxConnections") @Nullable Integer maxConnections,
      @JsonProperty("maxHeaderBytes") @Nullable Integer maxHeaderBytes,
      @JsonProperty("idleTimeout") @Nullable Duration idleTimeout,
      @JsonProperty("receiveTimeout") @Nullable Duration receiveTimeout,
      @JsonProperty("http2") @Nullable Boolean http2,
      @JsonProperty("tls") @Nullable TlsConfig tls) {

    Entry {
      // So that a fault is told at its own key.
      ListenerConfig defaults = ListenerConfig.TRAFFIC;
      new ListenerConfig(
          Overrides.or(host, defaults.host),
          Overrides.or(port, defaults.port),
          Overrides.or(maxConnections, defaults.maxConnections),
          Overrides.or(maxHeaderBytes, defaults.maxHeaderBytes),
          defaults.idleTimeout,
          defaults.receiveTimeout,
          defaults.http2,
          defaults.tls);
    }

    static ListenerConfig over(ListenerConfig defaults, @Nullable Entry entry) {
      return entry == null
          ? defaults
          : new ListenerConfig(
              Overrides.or(entry.host, defaults.host),
              Overrides.or(entry.port, defaults.port),
              Overrides.or(entry.maxConnections, defaults.maxConnections),
              Overrides.or(entry.maxHeaderBytes, defaults.maxHeaderBytes),
              Overrides.or(entry.idleTimeout, defaults.idleTimeout),
              Overrides.or(entry.receiveTimeout, defaults.receiveTimeout),
              Overrides.or(entry.http2, defaults.http2),
              Overrides.first(entry.tls, defaults.tls));
    }
  }
}
