package dev.intermission.api.store;

import dev.intermission.api.MaintenanceSettings;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How one proxy stands in one environment.
 *
 * @param environment the environment
 * @param deployed whether it is deployed there now
 * @param lastDeployTime when it was last deployed there, null if never
 * @param revision the revision of that deployment, null if never deployed
 * @param redeployRequired whether it is deployed and what is saved, trace settings included,
 *     differs from what is deployed
 * @param environmentVersion the first snapshot version that contains its present state, including
 *     its definition; 0 if it was never deployed
 * @param settings the settings in force, null if it is not deployed now
 * @param tracePending whether deploying what is saved would change when requests are recorded
 *     there, be it deployed now or not
 */
public record DeploymentStatus(
    String environment,
    boolean deployed,
    @Nullable Instant lastDeployTime,
    @Nullable Long revision,
    boolean redeployRequired,
    long environmentVersion,
    @Nullable MaintenanceSettings settings,
    boolean tracePending) {

  /** Makes a status in which the trace settings are deployed as they are saved. */
  public DeploymentStatus(
      String environment,
      boolean deployed,
      @Nullable Instant lastDeployTime,
      @Nullable Long revision,
      boolean redeployRequired,
      long environmentVersion,
      @Nullable MaintenanceSettings settings) {
    this(
        environment,
        deployed,
        lastDeployTime,
        revision,
        redeployRequired,
        environmentVersion,
        settings,
        false);
  }
}
