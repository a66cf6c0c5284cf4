package dev.intermission.admin.deployment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.store.Deployment;
import org.jspecify.annotations.Nullable;

/**
 * A record of the history in the form of an answer (contract section 4).
 *
 * @param deploy false for an undeployment
 * @param backendApiVersion always null: no proxy has versions of its backend here
 * @param settings the settings that it put in or out of force, or null if they are left out
 */
record HistoryLine(
    long revision,
    String username,
    String deploymentTime,
    String description,
    String environment,
    boolean deploy,
    boolean persistent,
    @Nullable String backendApiVersion,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable MaintenanceSettings settings) {

  /** Returns the record without its settings, each of which may be large. */
  static HistoryLine brief(Deployment deployment) {
    return of(deployment, null);
  }

  static HistoryLine full(Deployment deployment) {
    return of(deployment, deployment.settings());
  }

  private static HistoryLine of(Deployment deployment, @Nullable MaintenanceSettings settings) {
    return new HistoryLine(
        deployment.revision(),
        deployment.username(),
        deployment.time().toString(),
        deployment.description(),
        deployment.environment(),
        deployment.deployed(),
        deployment.persistent(),
        null,
        settings);
  }
}
