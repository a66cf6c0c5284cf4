package dev.intermission.store;

import static dev.intermission.store.Sql.row;

import dev.intermission.api.BypassToken;
import dev.intermission.api.ProxyId;
import dev.intermission.api.ProxyParts;
import dev.intermission.api.store.Author;
import dev.intermission.api.store.SavedSettings;
import dev.intermission.json.PartsJson;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Changes the parts of proxies, and gives the environments that serve them a new version. */
final class PartsUpdates {

  private static final String SELECT =
      "SELECT parts FROM api_proxy WHERE project = ? AND name = ? AND present";

  /** In the order in which all transactions lock environments. */
  private static final String WHERE_DEPLOYED =
      """
      SELECT s.environment FROM deployment_status s
      JOIN environment e ON e.name = s.environment
      WHERE s.project = ? AND s.proxy = ? AND s.deployed AND e.present
      ORDER BY s.environment
      """;

  private final Database database;
  private final Clock clock;
  private final Retention retention;
  private final Listeners listeners;

  PartsUpdates(Database database, Clock clock, Retention retention, Listeners listeners) {
    this.database = database;
    this.clock = clock;
    this.retention = retention;
    this.listeners = listeners;
  }

  Optional<ProxyParts> parts(ProxyId id) {
    return database.read("the parts of " + id, connection -> find(connection, id));
  }

  Map<String, Long> update(
      ProxyId id,
      UnaryOperator<ProxyParts> function,
      Consumer<SavedSettings> condition,
      Author author) {
    Change change = Change.by(author, clock);
    Map<String, Long> versions =
        database.write(
            "save the parts of " + id,
            change,
            connection -> {
              SavedSettings saved = ProxyRow.lock(connection, id, database.rowLock()).saved();
              ProxyParts before = find(connection, id).orElseThrow();
              ProxyParts after = function.apply(before);
              condition.accept(saved);
              if (after.equals(before)) {
                return Map.<String, Long>of();
              }
              audit(connection, change, id, before, after);
              Sql.update(
                  connection,
                  "UPDATE api_proxy SET parts = ? WHERE project = ? AND name = ?",
                  PartsJson.write(after),
                  id.project(),
                  id.name());
              Map<String, Long> published = publish(connection, change, id);
              ChangeCounter.count(connection, List.of(id));
              return published;
            });
    versions.keySet().forEach(listeners::changed);
    return versions;
  }

  private static Optional<ProxyParts> find(Connection connection, ProxyId id) throws SQLException {
    return Sql.first(connection, SELECT, PartsDocument::read, id.project(), id.name());
  }

  /** A token that is dropped since it has expired was not revoked. */
  private void audit(
      Connection connection, Change change, ProxyId id, ProxyParts before, ProxyParts after)
      throws SQLException {
    AuditWriter audit = new AuditWriter(connection, change, retention);
    for (BypassToken token : after.bypassTokens()) {
      if (!before.bypassTokens().contains(token)) {
        audit.bypassTokenCreated(id, token);
      }
    }
    for (BypassToken token : before.bypassTokens()) {
      if (!after.bypassTokens().contains(token) && !token.isExpired(change.time())) {
        audit.bypassTokenRevoked(id, token);
      }
    }
  }

  private Map<String, Long> publish(Connection connection, Change change, ProxyId id)
      throws SQLException {
    List<String> environments =
        Sql.list(connection, WHERE_DEPLOYED, row -> row.getString(1), id.project(), id.name());
    DeploymentWriter writer = new DeploymentWriter(connection, change, retention);
    Map<String, Long> versions = new TreeMap<>();
    for (String environment : environments) {
      versions.put(environment, writer.nextVersion(environment));
    }
    Sql.batch(
        connection,
        "UPDATE deployment_status SET environment_version = ? WHERE environment = ? AND project = ? AND proxy = ?",
        versions.entrySet(),
        version -> row(version.getValue(), version.getKey(), id.project(), id.name()));
    return versions;
  }
}
