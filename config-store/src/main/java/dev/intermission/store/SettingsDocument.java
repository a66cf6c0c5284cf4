package dev.intermission.store;

import dev.intermission.api.MaintenanceSettings;
import dev.intermission.json.SettingsJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Settings as they are stored: a JSON document, and its digest, which SQL compares. A table with
 * settings has a column for each.
 *
 * @param json the {@link SettingsJson#canonical canonical} text
 * @param digest its SHA-256
 */
record SettingsDocument(String json, String digest) {

  static final String COLUMNS = "settings, settings_digest";

  static SettingsDocument of(MaintenanceSettings settings) {
    String json = SettingsJson.canonical(settings);
    return new SettingsDocument(json, SettingsJson.digest(json));
  }

  /** Returns the columns with the table's alias before each. */
  static String columnsOf(String alias) {
    return String.format(Locale.ROOT, "%1$s.settings, %1$s.settings_digest", alias);
  }

  /** Reads the column settings. */
  static MaintenanceSettings read(ResultSet row) throws SQLException {
    return read(row.getString("settings"));
  }

  /** Returns the document's settings. */
  static MaintenanceSettings read(String json) {
    try {
      return SettingsJson.read(json);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("Stored settings can't be read: " + e.getMessage(), e);
    }
  }

  /** Returns the document where it is not compared, as in the audit log, or null for null. */
  static @Nullable String jsonOrNull(@Nullable MaintenanceSettings settings) {
    return settings == null ? null : SettingsJson.canonical(settings);
  }
}
