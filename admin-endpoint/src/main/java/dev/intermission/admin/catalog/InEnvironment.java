package dev.intermission.admin.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.intermission.admin.deployment.MaintenanceInForce;
import dev.intermission.api.store.DeploymentStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a proxy stands in an environment, in the form of an answer (contract section 4).
 *
 * @param maintenance what is in force there, or null, which is left out, if it is not deployed
 */
record InEnvironment(
    String environmentName,
    boolean deployed,
    boolean redeployRequired,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable MaintenanceInForce maintenance) {

  static List<InEnvironment> all(List<DeploymentStatus> statuses, Instant now) {
    return statuses.stream()
        .map(
            status ->
                new InEnvironment(
                    status.environment(),
                    status.deployed(),
                    status.redeployRequired(),
                    MaintenanceInForce.of(status.settings(), now)))
        .toList();
  }
}
