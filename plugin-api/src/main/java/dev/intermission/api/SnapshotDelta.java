package dev.intermission.api;

import java.util.List;
import java.util.Objects;

/**
 * What changed in one environment between two versions.
 *
 * @param environment the environment
 * @param fromVersion the version this applies to; 0 for one that holds everything
 * @param version the version it leads to; equal to {@code fromVersion} where nothing changed
 * @param deployed proxies that are new or changed, with all that is served of them
 * @param undeployed proxies that are served no more
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
          "a delta can't lead from version %d to %d".formatted(fromVersion, version));
    }
    deployed = List.copyOf(deployed);
    undeployed = List.copyOf(undeployed);
  }
}
