package dev.intermission.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.intermission.api.ContentType;
import dev.intermission.api.MaintenanceSettings;
import org.jspecify.annotations.Nullable;

/** Settings as JSON in one column, for tables in which SQL does not compare them. */
record SettingsJson(boolean enabled, int httpStatusCode, String contentType, String message) {

  private static final ObjectReader READER = new JsonMapper().readerFor(SettingsJson.class);
  private static final ObjectWriter WRITER = new JsonMapper().writerFor(SettingsJson.class);

  static @Nullable String write(@Nullable MaintenanceSettings settings) {
    if (settings == null) {
      return null;
    }
    SettingsJson json =
        new SettingsJson(
            settings.enabled(),
            settings.httpStatusCode(),
            settings.contentType().value(),
            settings.message());
    try {
      return WRITER.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("can't write settings", e);
    }
  }

  static @Nullable MaintenanceSettings read(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      SettingsJson json = READER.readValue(text);
      return new MaintenanceSettings(
          json.enabled, json.httpStatusCode, ContentType.parse(json.contentType), json.message);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("settings in the audit log can't be read", e);
    }
  }
}
