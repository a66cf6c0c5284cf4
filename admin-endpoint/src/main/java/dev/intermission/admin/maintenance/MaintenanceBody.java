package dev.intermission.admin.maintenance;

import dev.intermission.admin.deployment.DeployTargets;
import dev.intermission.admin.deployment.DeploymentDescription;
import dev.intermission.api.ContentType;
import dev.intermission.api.FieldError;
import dev.intermission.api.InvalidSettingsException;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.Variant;
import dev.intermission.api.store.DeploymentRequest;
import dev.intermission.json.JsonType;
import dev.intermission.json.JsonValue;
import dev.intermission.json.SettingsJson;
import dev.intermission.json.StrictReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The body of a PATCH of the maintenance mode (contract section 2): settings to be merged into
 * those that are saved, and commands, which are not stored.
 */
public final class MaintenanceBody {

  private static final String ENABLED = "enabled";
  private static final String ENDS_AT = "endsAt";

  private final JsonValue json;
  private final boolean nullResets;
  private final int messageLimit;
  private final Instant now;

  /**
   * Takes the body.
   *
   * @param nullResets whether null stands for the field's default (RFC 7396), and not for a field
   *     that is not there
   * @param messageLimit the most bytes that an encoded message may have
   * @param now decides whether a maintenance is over
   */
  public MaintenanceBody(JsonValue json, boolean nullResets, int messageLimit, Instant now) {
    this.json = json;
    this.nullResets = nullResets;
    this.messageLimit = messageLimit;
    this.now = now;
  }

  /**
   * Returns the saved settings changed as the body asks.
   *
   * @throws InvalidSettingsException with every fault: of the body, and of the settings that it
   *     would lead to
   */
  public MaintenanceSettings applyTo(MaintenanceSettings saved) {
    StrictReader reader = new StrictReader(json);
    Optional<MaintenanceSettings> merged = Optional.empty();
    List<FieldError> broken = List.of();
    try {
      merged = Optional.of(merge(reader, saved));
      broken = limits(merged.get());
    } catch (InvalidSettingsException e) {
      broken = e.errors();
    }
    deployTo(reader);
    DeploymentDescription.read(reader);
    List<FieldError> faults = new ArrayList<>(reader.faults());
    faults.addAll(broken);
    if (!faults.isEmpty()) {
      throw new InvalidSettingsException(faults);
    }
    return merged.orElseThrow();
  }

  /** What is left over from the last maintenance must not strike at the next one. */
  private MaintenanceSettings merge(StrictReader reader, MaintenanceSettings saved) {
    Boolean enables = new StrictReader(json).read(ENABLED, JsonType.BOOLEAN);
    if (enables == null) {
      MaintenanceSettings merged = SettingsJson.FORM.merge(reader, saved, nullResets);
      boolean isReset = nullResets && reader.isNull(ENABLED);
      return isReset ? merged.atEndOfMaintenance() : merged;
    }
    if (!enables) {
      MaintenanceSettings merged =
          SettingsJson.FORM.merge(reader, saved.atEndOfMaintenance(), nullResets);
      return merged.atEndOfMaintenance();
    }
    MaintenanceSettings merged =
        SettingsJson.FORM.merge(reader, saved.withoutPassedWindow(now), nullResets);
    if (merged.window().hasEnded(now)) {
      reader.fault(ENDS_AT, "is in the past; allowed with enabled=true is a time after " + now);
    }
    return merged;
  }

  /**
   * Returns the deployments to make, one for each environment, though it may be named twice; none
   * without {@code deploy=true}. What is wrong with them is told by {@link #applyTo}.
   */
  List<DeploymentRequest> deployments() {
    StrictReader reader = new StrictReader(json);
    String description = DeploymentDescription.read(reader);
    return DeployTargets.requests(
        deployTo(reader), description == null ? DeploymentRequest.DEPLOYED : description);
  }

  private List<FieldError> limits(MaintenanceSettings settings) {
    List<FieldError> faults = new ArrayList<>();
    String ofMessage = limit(settings.contentType(), settings.message());
    if (!ofMessage.isEmpty()) {
      faults.add(new FieldError("message", ofMessage));
    }
    for (Variant variant : settings.variants()) {
      String message = variant.message() == null ? "" : variant.message();
      String ofVariant = limit(variant.contentType(), message);
      if (!ofVariant.isEmpty()) {
        faults.add(
            new FieldError(
                "variants",
                "has an element of type "
                    + variant.contentType()
                    + " with a message that "
                    + ofVariant));
      }
    }
    return faults;
  }

  /** Returns what is wrong with the size of a message; an empty text if nothing is. */
  private String limit(ContentType type, String message) {
    int bytes = type.encode(message).length;
    return bytes <= messageLimit
        ? ""
        : String.format(
            Locale.ROOT,
            "has %d bytes in %s, allowed are %d",
            bytes,
            type.charset().name(),
            messageLimit);
  }

  private static List<String> deployTo(StrictReader reader) {
    Boolean deploy = reader.read(DeployTargets.DEPLOY, JsonType.BOOLEAN);
    List<String> environments = reader.read(DeployTargets.ENVIRONMENTS, JsonType.STRING.array());
    boolean faulty = environments == null && !reader.isAbsent(DeployTargets.ENVIRONMENTS);
    return DeployTargets.of(deploy, environments, faulty, reader);
  }
}
