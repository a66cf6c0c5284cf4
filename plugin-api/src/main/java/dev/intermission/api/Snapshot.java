package dev.intermission.api;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * Everything that one environment serves, complete and immutable.
 *
 * @param environment the environment
 * @param version counts up with each deployment in the environment; 0 before the first
 * @param proxies the deployed proxies by id
 */
public record Snapshot(String environment, long version, Map<ProxyId, DeployedProxy> proxies) {

  public Snapshot {
    proxies = Map.copyOf(proxies);
  }

  /** Returns what an environment serves before anything is deployed there. */
  public static Snapshot empty(String environment) {
    return new Snapshot(environment, 0, Collections.emptyMap());
  }

  /**
   * Returns the snapshot that the delta leads to; proxies that it does not name stay the same
   * instances.
   *
   * @throws IllegalArgumentException if the delta is of another environment or does not start at
   *     this version
   */
  public Snapshot plus(SnapshotDelta delta) {
    if (!delta.environment().equals(environment) || delta.fromVersion() != version) {
      throw new IllegalArgumentException(
          "a delta of %s from version %d does not fit %s at version %d"
              .formatted(delta.environment(), delta.fromVersion(), environment, version));
    }
    Map<ProxyId, DeployedProxy> next = new HashMap<>(proxies);
    delta.undeployed().forEach(next::remove);
    delta.deployed().forEach(proxy -> next.put(proxy.id(), proxy));
    return new Snapshot(environment, delta.version(), next);
  }
}
