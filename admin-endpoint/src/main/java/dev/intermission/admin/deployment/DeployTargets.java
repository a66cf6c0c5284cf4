package dev.intermission.admin.deployment;

import dev.intermission.api.store.DeploymentRequest;
import dev.intermission.json.StrictReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a PATCH deploys what it has saved (contract section 2). */
public final class DeployTargets {

  /** The field that asks for a deployment. */
  public static final String DEPLOY = "deploy";

  /** The field with the names of environments. */
  public static final String ENVIRONMENTS = "deployTargetEnvironmentNameList";

  private DeployTargets() {}

  /**
   * Returns the environments to deploy to, each once; none unless that is asked for.
   *
   * @param deploy the value of {@link #DEPLOY}, null if it is absent
   * @param environments the value of {@link #ENVIRONMENTS}, null if it is absent or faulty
   * @param isFaulty whether it is faulty, which is told already
   * @param reader is told if it is missing or empty
   */
  public static List<String> of(
      @Nullable Boolean deploy,
      @Nullable List<String> environments,
      boolean isFaulty,
      StrictReader reader) {
    if (deploy == null || !deploy) {
      return List.of();
    }
    if (!isFaulty && (environments == null || environments.isEmpty())) {
      reader.fault(
          ENVIRONMENTS,
          (environments == null ? "is missing" : "is empty")
              + "; allowed with deploy=true are the names of one or more environments");
    }
    return environments == null ? List.of() : environments.stream().distinct().toList();
  }

  /** Returns a deployment to each of these environments, with this description. */
  public static List<DeploymentRequest> requests(List<String> environments, String description) {
    return environments.stream()
        .map(environment -> new DeploymentRequest(environment, description, false))
        .toList();
  }
}
