package dev.intermission.gateway.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All that a gateway is started with.
 *
 * @param environment the environment that it serves, one of the catalog's
 * @param data the folder for its files
 * @param database the JDBC URL of the store, or null for an SQLite file in the data folder
 * @param shutdownTimeout how long requests in flight may take to finish when it is stopped
 * @param traffic where clients come in
 * @param admin where the management API is
 * @param upstream how it speaks to upstreams
 * @param catalog what exists
 */
public record GatewayConfig(
    String environment,
    Path data,
    @Nullable String database,
    Duration shutdownTimeout,
    ListenerConfig traffic,
    ListenerConfig admin,
    UpstreamConfig upstream,
    Catalog catalog) {

  /** The environment where none is named. */
  public static final String ENVIRONMENT = "production";

  /** The data folder where none is named. */
  public static final Path DATA = Path.of("data");

  /** How long requests in flight may take where nothing is said. */
  public static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(30);

  /**
   * @throws IllegalArgumentException if the catalog lacks the environment
   */
  public GatewayConfig {
    if (!catalog.environments().contains(environment)) {
      throw new KeyFault(
          "environment",
          "found '%s', allowed are the configured environments %s"
              .formatted(environment, new TreeSet<>(catalog.environments())));
    }
  }
}
