package dev.intermission.api.store;

import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record of settings put in force (or, by an undeployment, out of force) in one environment.
 *
 * @param proxy the proxy
 * @param revision counts up per proxy from 1, over all environments
 * @param environment where
 * @param environmentVersion the first snapshot version that contains this deployment
 * @param deployed false for an undeployment
 * @param settings the full settings it deployed
 * @param username who asked for it
 * @param time when it was committed
 * @param description free text
 * @param persistent whether it is exempt from retention
 * @param operation the id of the operation that made it, null if it was made for this proxy alone
 */
public record Deployment(
    ProxyId proxy,
    long revision,
    String environment,
    long environmentVersion,
    boolean deployed,
    MaintenanceSettings settings,
    String username,
    Instant time,
    String description,
    boolean persistent,
    @Nullable String operation) {

  /** Makes a record of no operation. */
  public Deployment(
      ProxyId proxy,
      long revision,
      String environment,
      long environmentVersion,
      boolean deployed,
      MaintenanceSettings settings,
      String username,
      Instant time,
      String description,
      boolean persistent) {
    this(
        proxy,
        revision,
        environment,
        environmentVersion,
        deployed,
        settings,
        username,
        time,
        description,
        persistent,
        null);
  }

  public Deployment {
    Objects.requireNonNull(proxy, "proxy");
    Objects.requireNonNull(environment, "environment");
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(username, "username");
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(description, "description");
  }
}
