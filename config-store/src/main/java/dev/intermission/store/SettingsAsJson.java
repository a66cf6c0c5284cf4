package dev.intermission.store;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermission.json.SettingsJson;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;

/**
 * Version 2 of the schema: settings are one JSON document with a digest, in place of four columns,
 * and a node tells which format of settings it reads. In Java, since the documents are those that
 * the program writes; the same in each database.
 */
final class SettingsAsJson implements JavaMigration {

  /** How many rows are converted at a time; a message may be large. */
  private static final int ROWS = 500;

  private static final JsonMapper MAPPER = new JsonMapper();

  /**
   * A table with settings.
   *
   * @param key the columns of its primary key, of texts and whole numbers
   */
  private record Table(String name, List<String> key) {}

  private static final List<Table> TABLES =
      List.of(
          new Table("api_proxy", List.of("project", "name")),
          new Table("deployment", List.of("project", "proxy", "revision")),
          new Table("deployment_status", List.of("project", "proxy", "environment")));

  private static final List<String> OLD_COLUMNS =
      List.of("enabled", "http_status_code", "content_type", "message");

  @Override
  public MigrationVersion getVersion() {
    return MigrationVersion.fromVersion("2");
  }

  @Override
  public String getDescription() {
    return "settings as json";
  }

  @Override
  public @Nullable Integer getChecksum() {
    return null;
  }

  @Override
  public boolean canExecuteInTransaction() {
    return true;
  }

  @Override
  public void migrate(Context context) throws SQLException {
    Connection connection = context.getConnection();
    for (Table table : TABLES) {
      // SQLite adds no column without a value for the rows that are there. No row keeps this one.
      for (String column : List.of("settings", "settings_digest")) {
        Sql.define(
            connection,
            "ALTER TABLE " + table.name + " ADD COLUMN " + column + " TEXT NOT NULL DEFAULT ''");
      }
      convert(connection, table);
      for (String column : OLD_COLUMNS) {
        Sql.define(connection, "ALTER TABLE " + table.name + " DROP COLUMN " + column);
      }
    }
    Sql.define(connection, "ALTER TABLE node ADD COLUMN format INTEGER NOT NULL DEFAULT 1");
  }

  private static void convert(Connection connection, Table table) throws SQLException {
    String key = String.join(", ", table.key);
    String select = "SELECT " + key + ", " + String.join(", ", OLD_COLUMNS) + " FROM " + table.name;
    String after = " WHERE (" + key + ") > (" + marks(table) + ")";
    String page = " ORDER BY " + key + " LIMIT " + ROWS;
    List<Row> rows = Sql.list(connection, select + page, row -> row(table, row));
    while (!rows.isEmpty()) {
      Sql.batch(
          connection,
          String.format(
              Locale.ROOT,
              "UPDATE %s SET settings = ?, settings_digest = ? WHERE (%s) = (%s)",
              table.name,
              key,
              marks(table)),
          rows,
          Row::parameters);
      Object[] last = rows.get(rows.size() - 1).key.toArray();
      rows = Sql.list(connection, select + after + page, row -> row(table, row), last);
    }
  }

  private static String marks(Table table) {
    return String.join(", ", Collections.nCopies(table.key.size(), "?"));
  }

  private record Row(List<Object> key, SettingsDocument settings) {

    @Nullable Object[] parameters() {
      List<Object> parameters = new ArrayList<>(List.of(settings.json(), settings.digest()));
      parameters.addAll(key);
      return parameters.toArray();
    }
  }

  private static Row row(Table table, ResultSet row) throws SQLException {
    List<Object> key = new ArrayList<>();
    for (String column : table.key) {
      key.add(column.equals("revision") ? (Object) row.getLong(column) : row.getString(column));
    }
    return new Row(key, document(table, key, row));
  }

  /** Goes through the JSON form, and not through the record, which may get more fields. */
  private static SettingsDocument document(Table table, List<Object> key, ResultSet row)
      throws SQLException {
    ObjectNode json =
        MAPPER
            .createObjectNode()
            .put("enabled", row.getBoolean("enabled"))
            .put("httpStatusCode", row.getInt("http_status_code"))
            .put("contentType", row.getString("content_type"))
            .put("message", new String(row.getBytes("message"), StandardCharsets.UTF_8));
    try {
      return SettingsDocument.of(SettingsJson.read(json.toString()));
    } catch (IllegalArgumentException e) {
      throw new StoreException(
          String.format(
              Locale.ROOT,
              "the settings of %s in the table %s can't be converted: %s",
              key,
              table.name,
              e.getMessage()),
          e);
    }
  }
}
