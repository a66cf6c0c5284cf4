package dev.intermission.gateway.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What options and variables say over the file; null where they say nothing. */
public record Overrides(
    @Nullable String environment,
    @Nullable Path data,
    @Nullable String database,
    @Nullable String host,
    @Nullable Integer port,
    @Nullable String adminHost,
    @Nullable Integer adminPort) {

  /** Says nothing. */
  public static final Overrides NONE = new Overrides(null, null, null, null, null, null, null);

  /**
   * Returns the configuration with these over it.
   *
   * @throws IllegalArgumentException if one is not allowed
   */
  public GatewayConfig over(GatewayConfig config) {
    return new GatewayConfig(
        environment == null ? config.environment() : environment,
        data == null ? config.data() : data,
        database == null ? config.database() : database,
        config.shutdownTimeout(),
        config.traffic().at(host, port),
        config.admin().at(adminHost, adminPort),
        config.upstream(),
        config.catalog());
  }
}
