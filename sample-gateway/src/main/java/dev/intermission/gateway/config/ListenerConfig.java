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
 */
public record ListenerConfig(
    String host,
    int port,
    int maxConnections,
    int maxHeaderBytes,
    Duration idleTimeout,
    Duration receiveTimeout) {

  /** The highest port that there is. */
  public static final int MAX_PORT = 65_535;

  /** The traffic listener where nothing is said. */
  public static final ListenerConfig TRAFFIC =
      new ListenerConfig(
          "0.0.0.0", 8080, 10_000, 16 << 10, Duration.ofSeconds(30), Duration.ofSeconds(15));

  /** The management API's listener where nothing is said. */
  public static final ListenerConfig ADMIN =
      new ListenerConfig(
          "127.0.0.1", 9090, 128, 8 << 10, Duration.ofSeconds(30), Duration.ofSeconds(15));

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
        receiveTimeout);
  }

  /** A listener as the file has it. */
  record Entry(
      @JsonProperty("host") @Nullable String host,
      @JsonProperty("port") @Nullable Integer port,
      @JsonProperty("maxConnections") @Nullable Integer maxConnections,
      @JsonProperty("maxHeaderBytes") @Nullable Integer maxHeaderBytes,
      @JsonProperty("idleTimeout") @Nullable Duration idleTimeout,
      @JsonProperty("receiveTimeout") @Nullable Duration receiveTimeout) {

    Entry {
      // So that a fault is told at its own key.
      over(ListenerConfig.TRAFFIC, host, port, maxConnections, maxHeaderBytes, null, null);
    }

    static ListenerConfig over(ListenerConfig defaults, @Nullable Entry entry) {
      return entry == null
          ? defaults
          : over(
              defaults,
              entry.host,
              entry.port,
              entry.maxConnections,
              entry.maxHeaderBytes,
              entry.idleTimeout,
              entry.receiveTimeout);
    }

    private static ListenerConfig over(
        ListenerConfig defaults,
        @Nullable String host,
        @Nullable Integer port,
        @Nullable Integer maxConnections,
        @Nullable Integer maxHeaderBytes,
        @Nullable Duration idleTimeout,
        @Nullable Duration receiveTimeout) {
      return new ListenerConfig(
          or(host, defaults.host),
          or(port, defaults.port),
          or(maxConnections, defaults.maxConnections),
          or(maxHeaderBytes, defaults.maxHeaderBytes),
          or(idleTimeout, defaults.idleTimeout),
          or(receiveTimeout, defaults.receiveTimeout));
    }

    private static <T> T or(@Nullable T given, T otherwise) {
      return given == null ? otherwise : given;
    }
  }
}
