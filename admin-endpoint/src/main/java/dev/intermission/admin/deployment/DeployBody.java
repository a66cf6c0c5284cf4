package dev.intermission.admin.deployment;

import dev.intermission.api.InvalidSettingsException;
import dev.intermission.api.store.DeploymentRequest;
import dev.intermission.json.JsonType;
import dev.intermission.json.JsonValue;
import dev.intermission.json.StrictReader;

/**
 * The parsed body of a deployment or undeployment (contract section 4).
 *
 * @param description the description that is kept with the deployment
 * @param persistent whether it is exempt from retention
 */
record DeployBody(String description, boolean persistent) {

  /**
   * Reads the fields; a field that is missing or null has its default.
   *
   * @param otherwise the description of those without one
   * @throws InvalidSettingsException with every fault
   */
  static DeployBody read(JsonValue json, String otherwise) {
    StrictReader reader = new StrictReader(json);
    String description = DeploymentDescription.read(reader);
    Boolean persistent = reader.read("persistent", JsonType.BOOLEAN);
    reader.requireNoFaults();
    return new DeployBody(
        description == null ? otherwise : description, persistent != null && persistent);
  }

  DeploymentRequest to(String environment) {
    return new DeploymentRequest(environment, description, persistent);
  }
}
