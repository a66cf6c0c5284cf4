package dev.intermission.api.store;

import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import java.time.Instant;
import java.util.Objects;

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
    boolean persistent) {

  public Deployment {
    Objects.requireNonNull(proxy, "proxy");
    Objects.requireNonNull(environment, "environment");
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(username, "username");
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(description, "description");
  }
}
