package dev.intermission.api;

import java.util.Objects;

/**
 * A proxy as one environment serves it.
 *
 * @param proxy its definition: routes and upstream addresses
 * @param revision the deployment that put the settings in force; 1 or more
 * @param settings the settings in force
 * @param parts what is in force beside the deployment
 */
public record DeployedProxy(
    ApiProxy proxy, long revision, MaintenanceSettings settings, ProxyParts parts) {

  public DeployedProxy {
    Objects.requireNonNull(proxy, "proxy");
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(parts, "parts");
  }

  /** Makes one that has no parts. */
  public DeployedProxy(ApiProxy proxy, long revision, MaintenanceSettings settings) {
    this(proxy, revision, settings, ProxyParts.NONE);
  }

  /** Returns the proxy's id. */
  public ProxyId id() {
    return proxy.id();
  }
}
