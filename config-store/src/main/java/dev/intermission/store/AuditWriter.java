package dev.intermission.store;

import dev.intermission.api.BypassToken;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import dev.intermission.api.store.AccessToken;
import dev.intermission.api.store.AuditAction;
import dev.intermission.api.store.Author;
import dev.intermission.api.store.Deployment;
import java.sql.Connection;
import java.sql.SQLException;
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
        project, proxy, environment, revision, detail, settings_before, settings_after, operation)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      RETURNING id
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
    write(AuditAction.SETTINGS_CHANGED, id, null, null, "", before, after);
  }

  void rolledBack(ProxyId id, long revision, MaintenanceSettings before, MaintenanceSettings after)
      throws SQLException {
    write(AuditAction.ROLLED_BACK, id, null, revision, "", before, after);
  }

  void deployed(Deployment deployment, @Nullable MaintenanceSettings before) throws SQLException {
    write(AuditAction.DEPLOYED, deployment, before, deployment.settings());
  }

  void undeployed(Deployment undeployment) throws SQLException {
    write(AuditAction.UNDEPLOYED, undeployment, undeployment.settings(), null);
  }

  void historyDeleted(Deployment deployment) throws SQLException {
    write(AuditAction.HISTORY_DELETED, deployment, deployment.settings(), null);
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

  private void write(
      AuditAction action,
      Deployment deployment,
      @Nullable MaintenanceSettings before,
      @Nullable MaintenanceSettings after)
      throws SQLException {
    write(
        action,
        deployment.proxy(),
        deployment.environment(),
        deployment.revision(),
        deployment.description(),
        before,
        after);
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
    Author author = change.author();
    long id =
        Sql.only(
            connection,
            INSERT,
            row -> row.getLong(1),
            change.id(),
            number++,
            change.time().toEpochMilli(),
            author.username(),
            author.address(),
            author.correlationId(),
            action.name(),
            proxy == null ? null : proxy.project(),
            proxy == null ? null : proxy.name(),
            environment,
            revision,
            detail,
            SettingsDocument.jsonOrNull(before),
            SettingsDocument.jsonOrNull(after),
            change.operation());
    if (id % PRUNED_EVERY == 0) {
      Sql.update(
          connection, "DELETE FROM audit_entry WHERE id <= ?", id - retention.auditEntries());
    }
  }
}
