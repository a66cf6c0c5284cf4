package dev.intermission.store;

import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import dev.intermission.api.store.AuditAction;
import dev.intermission.api.store.AuditEntry;
import dev.intermission.api.store.AuditLog;
import dev.intermission.api.store.Author;
import dev.intermission.api.store.TraceChange;
import dev.intermission.api.store.TrafficLogChange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the audit log. */
final class Audit implements AuditLog {

  private static final String SELECT =
      """
      SELECT id, time, username, address, correlation_id, action, project, proxy AS name, environment,
        revision, detail, settings_before, settings_after, operation, traffic_log_before, traffic_log_after,
        trace_before, trace_after
      FROM audit_entry
      """;

  private static final String NEWEST = " ORDER BY id DESC LIMIT ?";

  private final Database database;

  Audit(Database database) {
    this.database = database;
  }

  @Override
  public List<AuditEntry> entries(int limit) {
    return database.read(
        "the audit log",
        connection -> List.copyOf(Sql.list(connection, SELECT + NEWEST, Audit::entry, limit)));
  }

  @Override
  public List<AuditEntry> entries(ProxyId id, int limit) {
    return database.read(
        "the audit log of " + id,
        connection ->
            List.copyOf(
                Sql.list(
                    connection,
                    SELECT + "WHERE project = ? AND proxy = ?" + NEWEST,
                    Audit::entry,
                    id.project(),
                    id.name(),
                    limit)));
  }

  /** While admin nodes are updated, a newer one writes what this one has no name for. */
  private static AuditAction action(String name) {
    return Arrays.stream(AuditAction.values())
        .filter(action -> action.name().equals(name))
        .findFirst()
        .orElse(AuditAction.UNKNOWN);
  }

  private static String detail(AuditAction action, String name, String detail) {
    if (action != AuditAction.UNKNOWN) {
      return detail;
    }
    return detail.isEmpty() ? name : name + ": " + detail;
  }

  private static AuditEntry entry(ResultSet row) throws SQLException {
    String name = row.getString("action");
    AuditAction action = action(name);
    return new AuditEntry(
        row.getLong("id"),
        Instant.ofEpochMilli(row.getLong("time")),
        new Author(
            row.getString("username"), row.getString("address"), row.getString("correlation_id")),
        action,
        row.getString("project") == null ? null : CatalogReader.id(row),
        row.getString("environment"),
        revision(row),
        detail(action, name, row.getString("detail")),
        settings(row, "settings_before"),
        settings(row, "settings_after"),
        row.getString("operation"),
        trafficLog(row),
        trace(row));
  }

  private static @Nullable TraceChange trace(ResultSet row) throws SQLException {
    String before = row.getString("trace_before");
    String after = row.getString("trace_after");
    return after == null
        ? null
        : new TraceChange(
            before == null ? null : TraceColumns.settings(before), TraceColumns.settings(after));
  }

  private static @Nullable TrafficLogChange trafficLog(ResultSet row) throws SQLException {
    String before = row.getString("traffic_log_before");
    String after = row.getString("traffic_log_after");
    return after == null
        ? null
        : new TrafficLogChange(
            before == null ? null : TrafficLogTable.settings(before),
            TrafficLogTable.settings(after));
  }

  private static @Nullable MaintenanceSettings settings(ResultSet row, String column)
      throws SQLException {
    String json = row.getString(column);
    return json == null ? null : SettingsDocument.read(json);
  }

  private static @Nullable Long revision(ResultSet row) throws SQLException {
    long revision = row.getLong("revision");
    return row.wasNull() ? null : revision;
  }
}
