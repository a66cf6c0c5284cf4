package dev.intermission.api;

import java.util.Collections;
import java.util.Locale;
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
    proxies = ProxyMap.copyOf(proxies);
  }

  /** Returns what an environment serves before anything is deployed there. */
  public static Snapshot empty(String environment) {
    return new Snapshot(environment, 0, Collections.emptyMap());
  }

  /**
   * Returns the snapshot that the delta leads to; proxies that it does not name stay the same
   * instances. The time depends on the size of the delta more than on that of the snapshot.
   *
   * @throws IllegalArgumentException if the delta is of another environment or does not start at
   *     this version
   */
  public Snapshot plus(SnapshotDelta delta) {
    if (!delta.environment().equals(environment) || delta.fromVersion() != version) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a delta of %s from version %d does not fit %s at version %d",
              delta.environment(),
              delta.fromVersion(),
              environment,
              version));
    }
    return new Snapshot(environment, delta.version(), ProxyMap.copyOf(proxies).plus(delta));
  }

  /**
   * Returns the delta that leads from an earlier snapshot to this one. If this one was made from
   * the earlier one by {@link #plus}, the time depends on the number of changes more than on the
   * size of the snapshots.
   *
   * @throws IllegalArgumentException if the earlier one is of another environment or a later
   *     version
   */
  public SnapshotDelta since(Snapshot earlier) {
    if (!earlier.environment.equals(environment)) {
      throw new IllegalArgumentException(
          "nothing leads from a snapshot of " + earlier.environment + " to one of " + environment);
    }
    ProxyMap now = ProxyMap.copyOf(proxies);
    ProxyMap before = ProxyMap.copyOf(earlier.proxies);
    return new SnapshotDelta(
        environment,
        earlier.version,
        version,
        now.deployedSince(before),
        now.undeployedSince(before));
  }
}
