package dev.intermission.api.store;

import dev.intermission.api.ContentType;
import dev.intermission.api.InvalidSettingsException;
import dev.intermission.api.MaintenanceSettings;
import org.jspecify.annotations.Nullable;

/**
 * A partial change of settings: a null keeps what is there. A field reset to its default (RFC 7396)
 * is a field set to the default's value.
 *
 * @param enabled the new value, or null to keep
 * @param httpStatusCode the new value, or null to keep
 * @param contentType the new value, or null to keep
 * @param message the new value, or null to keep
 */
public record MaintenancePatch(
    @Nullable Boolean enabled,
    @Nullable Integer httpStatusCode,
    @Nullable ContentType contentType,
    @Nullable String message) {

  /** The patch that changes nothing. */
  public static final MaintenancePatch NOTHING = new MaintenancePatch(null, null, null, null);

  /**
   * Returns the settings with this patch applied.
   *
   * @throws InvalidSettingsException if the outcome is not valid, for instance because a kept
   *     message can't be encoded in a new charset
   */
  public MaintenanceSettings applyTo(MaintenanceSettings settings) {
    return new MaintenanceSettings(
        enabled == null ? settings.enabled() : enabled,
        httpStatusCode == null ? settings.httpStatusCode() : httpStatusCode,
        contentType == null ? settings.contentType() : contentType,
        message == null ? settings.message() : message);
  }
}
