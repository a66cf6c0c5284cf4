package dev.intermission.store;

import dev.intermission.api.ContentType;
import dev.intermission.api.MaintenanceSettings;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Settings as the four columns that each table with settings has. */
final class SettingsColumns {

  static final String NAMES = "enabled, http_status_code, content_type, message";

  private SettingsColumns() {}

  static MaintenanceSettings read(ResultSet row) throws SQLException {
    return new MaintenanceSettings(
        row.getBoolean("enabled"),
        row.getInt("http_status_code"),
        ContentType.parse(row.getString("content_type")),
        new String(row.getBytes("message"), StandardCharsets.UTF_8));
  }

  /**
   * Returns the message as it is stored: as bytes, since text columns of PostgreSQL do not take
   * U+0000.
   */
  static byte[] message(MaintenanceSettings settings) {
    return settings.message().getBytes(StandardCharsets.UTF_8);
  }

  /** Returns the columns with the table's alias before each. */
  static String of(String alias) {
    return alias + "." + NAMES.replace(", ", ", " + alias + ".");
  }

  /** Returns the condition that two tables' settings are the same. */
  static String same(String alias, String other) {
    return "(%1$s.enabled = %2$s.enabled AND %1$s.http_status_code = %2$s.http_status_code AND %1$s.content_type = %2$s.content_type AND %1$s.message = %2$s.message)"
        .formatted(alias, other);
  }
}
