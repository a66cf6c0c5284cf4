package dev.intermission.admin.maintenance;

import dev.intermission.admin.http.Excerpt;
import dev.intermission.admin.http.JsonObject;
import dev.intermission.api.ContentType;
import dev.intermission.api.FieldError;
import dev.intermission.api.InvalidSettingsException;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.store.MaintenancePatch;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parsed body of a PATCH of the maintenance mode (contract section 2).
 *
 * @param patch what to change, as far as it is valid
 * @param deployTo the environments to deploy to, each once; empty without {@code deploy=true}
 * @param faults everything that is wrong with the body itself
 */
record MaintenanceBody(MaintenancePatch patch, List<String> deployTo, List<FieldError> faults) {

  private static final MaintenanceSettings DEFAULT = MaintenanceSettings.DEFAULT;
  private static final String ENABLED = "enabled";
  private static final String STATUS = "httpStatusCode";
  private static final String CONTENT_TYPE = "contentType";
  private static final String MESSAGE = "message";
  private static final String DEPLOY = "deploy";
  private static final String ENVIRONMENTS = "deployTargetEnvironmentNameList";

  MaintenanceBody {
    deployTo = List.copyOf(deployTo);
    faults = List.copyOf(faults);
  }

  /**
   * Reads the fields. An environment that is named twice is deployed to once.
   *
   * @param nullResets whether null stands for the field's default (RFC 7396), and not for a field
   *     that is not there
   */
  static MaintenanceBody read(JsonObject json, boolean nullResets) {
    MaintenancePatch values =
        new MaintenancePatch(
            json.bool(ENABLED), status(json), contentType(json), json.string(MESSAGE));
    MaintenancePatch patch =
        !nullResets
            ? values
            : new MaintenancePatch(
                json.isNull(ENABLED) ? (Boolean) DEFAULT.enabled() : values.enabled(),
                json.isNull(STATUS) ? (Integer) DEFAULT.httpStatusCode() : values.httpStatusCode(),
                json.isNull(CONTENT_TYPE) ? DEFAULT.contentType() : values.contentType(),
                json.isNull(MESSAGE) ? DEFAULT.message() : values.message());
    List<String> deployTo = deployTo(json);
    return new MaintenanceBody(patch, deployTo, json.faults());
  }

  /**
   * Returns the settings changed as the body asks.
   *
   * @throws InvalidSettingsException with every fault: of the body, and of the settings that it
   *     would lead to
   */
  MaintenanceSettings applyTo(MaintenanceSettings settings, int messageLimit) {
    List<FieldError> all = new ArrayList<>(faults);
    try {
      MaintenanceSettings changed = toBeJudged().applyTo(settings);
      int bytes = changed.contentType().encode(changed.message()).length;
      if (bytes > messageLimit) {
        all.add(
            new FieldError(
                MESSAGE,
                "has %d bytes in %s, allowed are %d"
                    .formatted(bytes, changed.contentType().charset().name(), messageLimit)));
      }
      if (all.isEmpty()) {
        return changed;
      }
    } catch (InvalidSettingsException e) {
      all.addAll(e.errors());
    }
    throw new InvalidSettingsException(all);
  }

  /** If the content type is wrong too, the message is not checked against its charset. */
  private MaintenancePatch toBeJudged() {
    boolean noContentType = faults.stream().anyMatch(fault -> fault.field().equals(CONTENT_TYPE));
    return noContentType
        ? new MaintenancePatch(
            patch.enabled(), patch.httpStatusCode(), DEFAULT.contentType(), patch.message())
        : patch;
  }

  private static @Nullable Integer status(JsonObject json) {
    BigInteger status = json.integer(STATUS);
    if (status == null) {
      return null;
    }
    if (status.bitLength() >= Integer.SIZE
        || !MaintenanceSettings.isAllowedStatus(status.intValue())) {
      json.fault(STATUS, MaintenanceSettings.statusNotAllowed(Excerpt.of(status.toString())));
      return null;
    }
    return status.intValue();
  }

  private static @Nullable ContentType contentType(JsonObject json) {
    String text = json.string(CONTENT_TYPE);
    try {
      return text == null ? null : ContentType.parse(text);
    } catch (IllegalArgumentException e) {
      json.fault(CONTENT_TYPE, String.valueOf(e.getMessage()));
      return null;
    }
  }

  private static List<String> deployTo(JsonObject json) {
    Boolean deploy = json.bool(DEPLOY);
    List<String> environments = json.strings(ENVIRONMENTS);
    if (deploy == null || !deploy) {
      return List.of();
    }
    boolean faulty = environments == null && !json.isAbsent(ENVIRONMENTS);
    if (!faulty && (environments == null || environments.isEmpty())) {
      json.fault(
          ENVIRONMENTS,
          "%s; allowed with deploy=true are the names of one or more environments"
              .formatted(environments == null ? "is missing" : "is empty"));
    }
    return environments == null ? List.of() : environments.stream().distinct().toList();
  }
}
