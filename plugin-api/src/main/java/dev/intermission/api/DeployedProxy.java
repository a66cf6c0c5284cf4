package dev.intermission.api;

import java.util.Objects;

/**
 * A proxy as one environment serves it.
 *
 * @param proxy its definition: routes and upstream addresses
 * @param revision the deployment that put the settings in force; 1 or more
 * @param settings the settings in force
 */
public record DeployedProxy(ApiProxy proxy, long revision, MaintenanceSettings settings) {

  public DeployedProxy {
    Objects.requireNonNull(proxy, "proxy");
    Objects.requireNonNull(settings, "settings");
  }

  /** Returns the proxy's id. */
  public ProxyId id() {
    return proxy.id();
  }
}
