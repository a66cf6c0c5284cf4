package dev.intermission.gateway.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

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

  /** What is used where nothing is said. */
  public static final UpstreamConfig DEFAULTS =
      new UpstreamConfig(
          Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(60), 256, false);

  public UpstreamConfig {
    KeyFault.requireRange("maxConnections", maxConnections, 1, 100_000);
  }

  @JsonCreator
  static UpstreamConfig of(
      @JsonProperty("connectTimeout") @Nullable Duration connectTimeout,
      @JsonProperty("idleTimeout") @Nullable Duration idleTimeout,
      @JsonProperty("responseTimeout") @Nullable Duration responseTimeout,
      @JsonProperty("maxConnections") @Nullable Integer maxConnections,
      @JsonProperty("preserveHost") @Nullable Boolean preserveHost) {
    return new UpstreamConfig(
        connectTimeout == null ? DEFAULTS.connectTimeout : connectTimeout,
        idleTimeout == null ? DEFAULTS.idleTimeout : idleTimeout,
        responseTimeout == null ? DEFAULTS.responseTimeout : responseTimeout,
        maxConnections == null ? DEFAULTS.maxConnections : maxConnections,
        preserveHost == null ? DEFAULTS.preserveHost : preserveHost);
  }
}
