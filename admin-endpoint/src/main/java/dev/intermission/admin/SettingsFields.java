package dev.intermission.admin;

import dev.intermission.api.MaintenanceSettings;

/** Settings as they are answered, in the words of a PATCH (contract section 2). */
record SettingsFields(boolean enabled, int httpStatusCode, String contentType, String message) {

  static SettingsFields of(MaintenanceSettings settings) {
    return new SettingsFields(
        settings.enabled(),
        settings.httpStatusCode(),
        settings.contentType().value(),
        settings.message());
  }
}
