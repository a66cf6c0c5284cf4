package dev.intermission.store;

import static dev.intermission.store.Sql.row;

import dev.intermission.api.ProxyId;
import dev.intermission.api.store.Author;
import dev.intermission.api.store.Deployment;
import dev.intermission.api.store.DeploymentHistory;
import dev.intermission.api.store.DeploymentRequest;
import dev.intermission.api.store.SavedSettings;
import dev.intermission.api.store.SettingsStore.Update;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The records of deployments. */
final class History implements DeploymentHistory {

  private static final String SELECT =
      """
      SELECT d.project, d.proxy AS name, d.revision, d.environment, d.environment_version, d.deployed,
        d.settings, d.username, d.time, d.description, d.persistent, d.operation
      FROM deployment d
      JOIN api_proxy p ON p.project = d.project AND p.name = d.proxy
      WHERE p.present AND d.project = ? AND d.proxy = ?
      """;

  private static final String PRUNE =
      """
      DELETE FROM deployment
      WHERE project = ? AND proxy = ? AND NOT persistent
        AND revision <= (
          SELECT revision FROM deployment WHERE project = ? AND proxy = ? AND NOT persistent
          ORDER BY revision DESC LIMIT 1 OFFSET ?)
        AND revision NOT IN (
          SELECT revision FROM deployment_status WHERE project = ? AND proxy = ? AND deployed)
      """;

  private final Database database;
  private final SettingsUpdates deployments;
  private final Clock clock;
  private final Retention retention;

  History(Database database, SettingsUpdates deployments, Clock clock, Retention retention) {
    this.database = database;
    this.deployments = deployments;
    this.clock = clock;
    this.retention = retention;
  }

  @Override
  public List<Deployment> deployments(ProxyId id) {
    return database.read(
        "the history of " + id,
        connection ->
            List.copyOf(
                Sql.list(
                    connection,
                    SELECT + "ORDER BY d.revision DESC",
                    History::deployment,
                    id.project(),
                    id.name())));
  }

  @Override
  public Optional<Deployment> deployment(ProxyId id, long revision) {
    return database.read("the history of " + id, connection -> find(connection, id, revision));
  }

  @Override
  public boolean delete(
      ProxyId id, long revision, Consumer<SavedSettings> condition, Author author) {
    Change change = Change.by(author, clock);
    return database.write(
        "delete a record of " + id,
        change,
        connection -> {
          Optional<Deployment> found = find(connection, id, revision);
          if (found.isEmpty()) {
            return false;
          }
          ProxyRow.find(connection, id).map(ProxyRow::saved).ifPresent(condition);
          boolean deleted = delete(connection, id, revision);
          if (deleted) {
            new AuditWriter(connection, change, retention).historyDeleted(found.get());
          }
          return deleted;
        });
  }

  private static boolean delete(Connection connection, ProxyId id, long revision)
      throws SQLException {
    return Sql.update(
            connection,
            "DELETE FROM deployment WHERE project = ? AND proxy = ? AND revision = ?",
            id.project(),
            id.name(),
            revision)
        > 0;
  }

  @Override
  public Optional<Update> rollBack(
      ProxyId id,
      long revision,
      List<DeploymentRequest> deployTo,
      Consumer<SavedSettings> condition,
      Author author) {
    return deployments.rollBack(id, revision, deployTo, condition, author);
  }

  static Optional<Deployment> find(Connection connection, ProxyId id, long revision)
      throws SQLException {
    return Sql.first(
        connection,
        SELECT + "AND d.revision = ?",
        History::deployment,
        id.project(),
        id.name(),
        revision);
  }

  /** Deletes the oldest records of proxies whose rows are locked. */
  static void prune(Connection connection, Collection<ProxyId> proxies, Retention retention)
      throws SQLException {
    Sql.batch(
        connection,
        PRUNE,
        proxies,
        id ->
            row(
                id.project(),
                id.name(),
                id.project(),
                id.name(),
                retention.deployments(),
                id.project(),
                id.name()));
  }

  private static Deployment deployment(ResultSet row) throws SQLException {
    return new Deployment(
        CatalogReader.id(row),
        row.getLong("revision"),
        row.getString("environment"),
        row.getLong("environment_version"),
        row.getBoolean("deployed"),
        SettingsDocument.read(row),
        row.getString("username"),
        Instant.ofEpochMilli(row.getLong("time")),
        row.getString("description"),
        row.getBoolean("persistent"),
        row.getString("operation"));
  }
}
