package dev.intermission.api.store;

import java.util.Objects;

/**
 * Asks for a deployment or an undeployment of one proxy in one environment.
 *
 * @param environment where
 * @param description kept with the deployment
 * @param persistent whether the deployment is exempt from retention
 */
public record DeploymentRequest(String environment, String description, boolean persistent) {

  /** The description of a deployment if the request has none (contract section 4). */
  public static final String DEPLOYED = "Deployed by APIOPS Api";

  /** The description of an undeployment. */
  public static final String UNDEPLOYED = "Undeployed by APIOPS Api";

  public DeploymentRequest {
    Objects.requireNonNull(environment, "environment");
    Objects.requireNonNull(description, "description");
  }

  /** Returns the request with the contract's defaults. */
  public static DeploymentRequest to(String environment) {
    return new DeploymentRequest(environment, DEPLOYED, false);
  }
}
