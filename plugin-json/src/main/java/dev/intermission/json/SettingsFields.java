package dev.intermission.json;

import dev.intermission.api.MaintenanceSettings;

/** Settings as they are answered, in the words of a PATCH (contract section 2). */
public record SettingsFields(
    boolean enabled, int httpStatusCode, String contentType, String message) {

  public static SettingsFields of(MaintenanceSettings settings) {
    return new SettingsFields(
        settings.enabled(),
        settings.httpStatusCode(),
        settings.contentType().value(),
        settings.message());
  }
}
