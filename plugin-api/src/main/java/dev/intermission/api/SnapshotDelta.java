package dev.intermission.api;

import java.util.List;
import java.util.Objects;

/**
 * What changed in one environment between two versions.
 *
 * @param environment the environment
 * @param fromVersion the version that it applies to; 0 if it holds everything
 * @param version the version that it leads to; equal to {@code fromVersion} if nothing changed
 * @param deployed proxies that are new or changed, with everything that is served of them
 * @param undeployed proxies that are no longer served
 */
public record SnapshotDelta(
    String environment,
    long fromVersion,
    long version,
    List<DeployedProxy> deployed,
    List<ProxyId> undeployed) {

  /**
   * @throws IllegalArgumentException if the version would go back
   */
  public SnapshotDelta {
    Objects.requireNonNull(environment, "environment");
    if (fromVersion < 0 || version < fromVersion) {
      throw new IllegalArgumentException(
          "a delta can't lead from version " + fromVersion + " to " + version);
    }
    deployed = List.copyOf(deployed);
    undeployed = List.copyOf(undeployed);
  }
}
