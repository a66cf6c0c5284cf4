package dev.intermission.admin.deployment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.store.Deployment;
import dev.intermission.api.store.DeploymentStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A record of the history in the form of an answer (contract section 4).
 *
 * @param deploy false for an undeployment
 * @param backendApiVersion always null: no proxy has versions of its backend here
 * @param operation the operation that made it, or null, which is left out
 * @param maintenance what the record has in force now, or null, which is left out, if it is not in
 *     force
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
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String operation,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable MaintenanceInForce maintenance,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable MaintenanceSettings settings) {

  /** Returns the record without its settings, each of which may be large. */
  static HistoryLine brief(Deployment deployment, InForce inForce) {
    return of(deployment, inForce, null);
  }

  static HistoryLine full(Deployment deployment, InForce inForce) {
    return of(deployment, inForce, deployment.settings());
  }

  /** The records of a proxy that are in force at a time. */
  record InForce(Set<Long> revisions, Instant now) {

    static InForce of(List<DeploymentStatus> statuses, Instant now) {
      return new InForce(
          statuses.stream()
              .filter(DeploymentStatus::deployed)
              .map(DeploymentStatus::revision)
              .filter(Objects::nonNull)
              .collect(Collectors.toSet()),
          now);
    }

    private @Nullable MaintenanceInForce of(Deployment deployment) {
      return revisions.contains(deployment.revision())
          ? MaintenanceInForce.of(deployment.settings(), now)
          : null;
    }
  }

  private static HistoryLine of(
      Deployment deployment, InForce inForce, @Nullable MaintenanceSettings settings) {
    return new HistoryLine(
        deployment.revision(),
        deployment.username(),
        deployment.time().toString(),
        deployment.description(),
        deployment.environment(),
        deployment.deployed(),
        deployment.persistent(),
        null,
        deployment.operation(),
        inForce.of(deployment),
        settings);
  }
}
