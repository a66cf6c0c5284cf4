package dev.intermission.admin.maintenance;

import dev.intermission.api.FieldError;
import dev.intermission.api.InvalidSettingsException;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.json.JsonType;
import dev.intermission.json.JsonValue;
import dev.intermission.json.SettingsJson;
import dev.intermission.json.StrictReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The body of a PATCH of the maintenance mode (contract section 2): settings to be merged into
 * those that are saved, and commands, which are not stored.
 */
final class MaintenanceBody {

  private static final String DEPLOY = "deploy";
  private static final String ENVIRONMENTS = "deployTargetEnvironmentNameList";

  private final JsonValue json;
  private final boolean nullResets;
  private final int messageLimit;

  /**
   * Takes the body.
   *
   * @param nullResets whether null stands for the field's default (RFC 7396), and not for a field
   *     that is not there
   * @param messageLimit the most bytes that an encoded message may have
   */
  MaintenanceBody(JsonValue json, boolean nullResets, int messageLimit) {
    this.json = json;
    this.nullResets = nullResets;
    this.messageLimit = messageLimit;
  }

  /**
   * Returns the saved settings changed as the body asks.
   *
   * @throws InvalidSettingsException with every fault: of the body, and of the settings that it
   *     would lead to
   */
  MaintenanceSettings applyTo(MaintenanceSettings saved) {
    StrictReader reader = new StrictReader(json);
    Optional<MaintenanceSettings> merged = Optional.empty();
    List<FieldError> broken = List.of();
    try {
      merged = Optional.of(SettingsJson.FORM.merge(reader, saved, nullResets));
      broken = limits(merged.get());
    } catch (InvalidSettingsException e) {
      broken = e.errors();
    }
    deployTo(reader);
    List<FieldError> faults = new ArrayList<>(reader.faults());
    faults.addAll(broken);
    if (!faults.isEmpty()) {
      throw new InvalidSettingsException(faults);
    }
    return merged.orElseThrow();
  }

  /**
   * Returns the environments to deploy to, each once, though it may be named twice; none without
   * {@code deploy=true}. What is wrong with them is told by {@link #applyTo}.
   */
  List<String> deployTo() {
    return deployTo(new StrictReader(json));
  }

  private List<FieldError> limits(MaintenanceSettings settings) {
    int bytes = settings.contentType().encode(settings.message()).length;
    return bytes <= messageLimit
        ? List.of()
        : List.of(
            new FieldError(
                "message",
                String.format(
                    Locale.ROOT,
                    "has %d bytes in %s, allowed are %d",
                    bytes,
                    settings.contentType().charset().name(),
                    messageLimit)));
  }

  private static List<String> deployTo(StrictReader reader) {
    Boolean deploy = reader.read(DEPLOY, JsonType.BOOLEAN);
    List<String> environments = reader.read(ENVIRONMENTS, JsonType.STRING.array());
    if (deploy == null || !deploy) {
      return List.of();
    }
    boolean faulty = environments == null && !reader.isAbsent(ENVIRONMENTS);
    if (!faulty && (environments == null || environments.isEmpty())) {
      reader.fault(
          ENVIRONMENTS,
          String.format(
              Locale.ROOT,
              "%s; allowed with deploy=true are the names of one or more environments",
              environments == null ? "is missing" : "is empty"));
    }
    return environments == null ? List.of() : environments.stream().distinct().toList();
  }
}
