package dev.intermission.store;

import static dev.intermission.store.Sql.row;

import dev.intermission.api.BypassToken;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import dev.intermission.api.store.AccessToken;
import dev.intermission.api.store.AuditAction;
import dev.intermission.api.store.Author;
import dev.intermission.api.store.Deployment;
import dev.intermission.api.store.TraceChange;
import dev.intermission.api.store.TrafficLogChange;
import dev.intermission.json.TraceSettingsJson;
import dev.intermission.json.TrafficLogJson;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes the audit entries of a transaction. Each transaction with a {@link Change} that changes
 * anything writes at least one entry, since the first entry later shows whether the transaction was
 * committed.
 */
final class AuditWriter {

  private static final String INSERT =
      """
      INSERT INTO audit_entry (change_id, number, time, username, address, correlation_id, action,
        project, proxy, environment, revision, detail, settings_before, settings_after, operation,
        traffic_log_before, traffic_log_after, trace_before, trace_after)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  /**
   * Old entries are not deleted every time, since transactions that delete the same entries wait
   * for each other.
   */
  private static final int PRUNED_EVERY = 100;

  private final Connection connection;
  private final Change change;
  private final Retention retention;
  private int number;

  AuditWriter(Connection connection, Change change, Retention retention) {
    this.connection = connection;
    this.change = change;
    this.retention = retention;
  }

  void settingsChanged(ProxyId id, MaintenanceSettings before, MaintenanceSettings after)
      throws SQLException {
    write(List.of(NewAuditEntry.settingsChanged(id, before, after)));
  }

  /** Writes an entry for each of these proxies whose saved settings will be others. */
  void settingsChanged(List<Target> targets) throws SQLException {
    List<NewAuditEntry> entries = new ArrayList<>();
    for (Target target : targets) {
      MaintenanceSettings before = target.row().saved().settings();
      if (!target.settings().equals(before)) {
        entries.add(NewAuditEntry.settingsChanged(target.id(), before, target.settings()));
      }
    }
    write(entries);
  }

  void rolledBack(ProxyId id, long revision, MaintenanceSettings before, MaintenanceSettings after)
      throws SQLException {
    write(AuditAction.ROLLED_BACK, id, null, revision, "", before, after);
  }

  void undeployed(Deployment undeployment) throws SQLException {
    write(
        List.of(
            NewAuditEntry.of(AuditAction.UNDEPLOYED, undeployment, undeployment.settings(), null)));
  }

  void historyDeleted(Deployment deployment) throws SQLException {
    write(
        List.of(
            NewAuditEntry.of(
                AuditAction.HISTORY_DELETED, deployment, deployment.settings(), null)));
  }

  void catalogApplied(String detail) throws SQLException {
    write(AuditAction.CATALOG_APPLIED, null, null, null, detail, null, null);
  }

  void tokenCreated(AccessToken token) throws SQLException {
    String expires = token.expires() == null ? "expires never" : "expires " + token.expires();
    String detail =
        String.format(Locale.ROOT, "token %s of %s, %s", token.id(), token.username(), expires);
    write(AuditAction.TOKEN_CREATED, null, null, null, detail, null, null);
  }

  void tokenRevoked(String id) throws SQLException {
    write(AuditAction.TOKEN_REVOKED, null, null, null, "token " + id, null, null);
  }

  void bypassTokenCreated(ProxyId id, BypassToken token) throws SQLException {
    String detail =
        String.format(
            Locale.ROOT,
            "bypass token %s, expires %s: %s",
            token.id(),
            token.expires(),
            token.description());
    write(AuditAction.BYPASS_TOKEN_CREATED, id, null, null, detail, null, null);
  }

  void bypassTokenRevoked(ProxyId id, BypassToken token) throws SQLException {
    String detail =
        String.format(Locale.ROOT, "bypass token %s: %s", token.id(), token.description());
    write(AuditAction.BYPASS_TOKEN_REVOKED, id, null, null, detail, null, null);
  }

  void trafficLogChanged(ProxyId id, String environment, TrafficLogChange log) throws SQLException {
    write(
        List.of(
            new NewAuditEntry(
                AuditAction.TRAFFIC_LOG_CHANGED,
                id,
                environment,
                null,
                "",
                null,
                null,
                log,
                null)));
  }

  void traceChanged(ProxyId id, TraceChange trace) throws SQLException {
    write(
        List.of(
            new NewAuditEntry(
                AuditAction.TRACE_CHANGED, id, null, null, "", null, null, null, trace)));
  }

  void traceRead(ProxyId id, String detail) throws SQLException {
    write(AuditAction.TRACE_READ, id, null, null, detail, null, null);
  }

  void tracesDeleted(ProxyId id, int records) throws SQLException {
    String detail = "records: " + records;
    write(AuditAction.TRACES_DELETED, id, null, null, detail, null, null);
  }

  private void write(
      AuditAction action,
      @Nullable ProxyId proxy,
      @Nullable String environment,
      @Nullable Long revision,
      String detail,
      @Nullable MaintenanceSettings before,
      @Nullable MaintenanceSettings after)
      throws SQLException {
    write(List.of(new NewAuditEntry(action, proxy, environment, revision, detail, before, after)));
  }

  /** Writes entries in their order. */
  void write(List<NewAuditEntry> entries) throws SQLException {
    if (entries.isEmpty()) {
      return;
    }
    Author author = change.author();
    Sql.batch(
        connection,
        INSERT,
        entries,
        entry ->
            row(
                change.id(),
                number++,
                change.time().toEpochMilli(),
                author.username(),
                author.address(),
                author.correlationId(),
                entry.action().name(),
                entry.proxy() == null ? null : entry.proxy().project(),
                entry.proxy() == null ? null : entry.proxy().name(),
                entry.environment(),
                entry.revision(),
                entry.detail(),
                SettingsDocument.jsonOrNull(entry.before()),
                SettingsDocument.jsonOrNull(entry.after()),
                change.operation(),
                before(entry.trafficLog()),
                entry.trafficLog() == null
                    ? null
                    : TrafficLogJson.write(entry.trafficLog().after()),
                before(entry.trace()),
                entry.trace() == null ? null : TraceSettingsJson.write(entry.trace().after())));
    prune(entries.size());
  }

  private static @Nullable String before(@Nullable TraceChange change) {
    return change == null || change.before() == null
        ? null
        : TraceSettingsJson.write(change.before());
  }

  private static @Nullable String before(@Nullable TrafficLogChange change) {
    return change == null || change.before() == null ? null : TrafficLogJson.write(change.before());
  }

  private void prune(int written) throws SQLException {
    long newest = Sql.only(connection, "SELECT MAX(id) FROM audit_entry", row -> row.getLong(1));
    if (newest / PRUNED_EVERY > (newest - written) / PRUNED_EVERY) {
      Sql.update(
          connection, "DELETE FROM audit_entry WHERE id <= ?", newest - retention.auditEntries());
    }
  }
}
