package dev.intermission.admin.deployment;

import dev.intermission.api.FieldError;
import dev.intermission.api.InvalidSettingsException;
import dev.intermission.api.store.DeploymentRequest;
import dev.intermission.json.JsonType;
import dev.intermission.json.JsonValue;
import dev.intermission.json.StrictReader;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The parsed body of a deployment or undeployment (contract section 4).
 *
 * @param description the description that is kept with the deployment
 * @param persistent whether it is exempt from retention
 */
record DeployBody(String description, boolean persistent) {

  private static final String DESCRIPTION = "description";
  private static final int LONGEST_DESCRIPTION = 1000;

  /**
   * Reads the fields; a field that is missing or null has its default.
   *
   * @param otherwise the description of those without one
   * @throws InvalidSettingsException with every fault
   */
  static DeployBody read(JsonValue json, String otherwise) {
    StrictReader reader = new StrictReader(json);
    String description = reader.read(DESCRIPTION, JsonType.STRING);
    Boolean persistent = reader.read("persistent", JsonType.BOOLEAN);
    String fault = description == null ? null : fault(description);
    if (fault != null) {
      reader.fault(DESCRIPTION, fault);
    }
    List<FieldError> faults = reader.faults();
    if (!faults.isEmpty()) {
      throw new InvalidSettingsException(faults);
    }
    return new DeployBody(
        description == null ? otherwise : description, persistent != null && persistent);
  }

  DeploymentRequest to(String environment) {
    return new DeploymentRequest(environment, description, persistent);
  }

  private static @Nullable String fault(String description) {
    if (description.length() > LONGEST_DESCRIPTION) {
      return "has " + description.length() + " characters, allowed are " + LONGEST_DESCRIPTION;
    }
    return description
        .codePoints()
        .filter(c -> !isAllowed(c))
        .mapToObj(
            c ->
                String.format(
                    Locale.ROOT,
                    "has the character U+%04X; allowed are no controls but line breaks and tabs",
                    c))
        .findFirst()
        .orElse(null);
  }

  private static boolean isAllowed(int c) {
    boolean loneSurrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    return !loneSurrogate && (!Character.isISOControl(c) || c == '\n' || c == '\r' || c == '\t');
  }
}
