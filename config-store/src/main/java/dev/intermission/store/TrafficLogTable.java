package dev.intermission.store;

import dev.intermission.api.ProxyId;
import dev.intermission.api.store.Author;
import dev.intermission.api.store.SavedTrafficLog;
import dev.intermission.api.store.SettingsStore.TrafficLogUpdate;
import dev.intermission.api.store.TrafficLogChange;
import dev.intermission.api.store.UnknownEnvironmentException;
import dev.intermission.api.trafficlog.TrafficLogSettings;
import dev.intermission.json.TrafficLogJson;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Reads and changes what of proxies' traffic is logged, in the table traffic_log. */
final class TrafficLogTable {

  private static final String OF_PROXY =
      """
      SELECT t.environment, t.version, t.settings FROM traffic_log t
      JOIN api_proxy p ON p.project = t.project AND p.name = t.proxy
      JOIN environment e ON e.name = t.environment
      WHERE t.project = ? AND t.proxy = ? AND p.present AND e.present
      """;

  private static final String SAVE =
      """
      INSERT INTO traffic_log (project, proxy, environment, version, settings)
      VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (project, proxy, environment) DO UPDATE SET
        version = excluded.version,
        settings = excluded.settings
      """;

  private static final String PUBLISH =
      """
      UPDATE deployment_status SET environment_version = ?
      WHERE environment = ? AND project = ? AND proxy = ?
      """;

  private final Database database;
  private final Clock clock;
  private final Retention retention;
  private final Listeners listeners;

  TrafficLogTable(Database database, Clock clock, Retention retention, Listeners listeners) {
    this.database = database;
    this.clock = clock;
    this.retention = retention;
    this.listeners = listeners;
  }

  SortedMap<String, SavedTrafficLog> of(ProxyId id) {
    return database.read("the traffic logs of " + id, connection -> saved(connection, id));
  }

  /** Locks the proxy, then environments in the order of their names, as all transactions do. */
  TrafficLogUpdate update(
      ProxyId id,
      Set<String> environments,
      BiFunction<String, SavedTrafficLog, TrafficLogSettings> function,
      Author author) {
    Change change = Change.by(author, clock);
    TrafficLogUpdate update =
        database.write(
            "save the traffic logs of " + id,
            change,
            connection -> {
              ProxyRow.lock(connection, id, database.rowLock());
              SortedMap<String, SavedTrafficLog> before = saved(connection, id);
              SortedMap<String, SavedTrafficLog> after = new TreeMap<>();
              for (String environment : new TreeSet<>(environments)) {
                requireEnvironment(connection, environment);
                after.put(
                    environment,
                    changed(
                        before.getOrDefault(environment, SavedTrafficLog.NONE),
                        saved -> function.apply(environment, saved)));
              }
              return save(connection, change, id, before, after);
            });
    update.versions().keySet().forEach(listeners::changed);
    return update;
  }

  private TrafficLogUpdate save(
      Connection connection,
      Change change,
      ProxyId id,
      SortedMap<String, SavedTrafficLog> before,
      SortedMap<String, SavedTrafficLog> after)
      throws SQLException {
    AuditWriter audit = new AuditWriter(connection, change, retention);
    SortedMap<String, Long> versions = new TreeMap<>();
    boolean any = false;
    for (String environment : after.keySet()) {
      SavedTrafficLog old = before.getOrDefault(environment, SavedTrafficLog.NONE);
      SavedTrafficLog now = after.getOrDefault(environment, old);
      if (now.equals(old)) {
        continue;
      }
      any = true;
      Sql.update(
          connection,
          SAVE,
          id.project(),
          id.name(),
          environment,
          now.version(),
          TrafficLogJson.write(now.settings()));
      audit.trafficLogChanged(
          id,
          environment,
          new TrafficLogChange(old.exists() ? old.settings() : null, now.settings()));
      publish(connection, change, id, environment)
          .ifPresent(version -> versions.put(environment, version));
    }
    if (any) {
      ChangeCounter.count(connection, List.of(id));
    }
    return new TrafficLogUpdate(after, versions);
  }

  /** Returns the environment's new version, if the proxy is deployed there. */
  private Optional<Long> publish(
      Connection connection, Change change, ProxyId id, String environment) throws SQLException {
    boolean deployed =
        Sql.first(
                connection,
                "SELECT deployed FROM deployment_status WHERE environment = ? AND project = ? AND proxy = ?",
                row -> row.getBoolean(1),
                environment,
                id.project(),
                id.name())
            .orElse(false);
    if (!deployed) {
      return Optional.empty();
    }
    long version = new DeploymentWriter(connection, change, retention).nextVersion(environment);
    Sql.update(connection, PUBLISH, version, environment, id.project(), id.name());
    return Optional.of(version);
  }

  private static SavedTrafficLog changed(
      SavedTrafficLog saved, Function<SavedTrafficLog, TrafficLogSettings> function) {
    TrafficLogSettings settings = function.apply(saved);
    return saved.exists() && settings.equals(saved.settings())
        ? saved
        : new SavedTrafficLog(settings, saved.version() + 1);
  }

  private static void requireEnvironment(Connection connection, String environment)
      throws SQLException {
    if (Sql.first(
            connection,
            "SELECT name FROM environment WHERE name = ? AND present",
            row -> row.getString(1),
            environment)
        .isEmpty()) {
      throw new UnknownEnvironmentException(environment);
    }
  }

  private static SortedMap<String, SavedTrafficLog> saved(Connection connection, ProxyId id)
      throws SQLException {
    SortedMap<String, SavedTrafficLog> saved = new TreeMap<>();
    Sql.list(
        connection,
        OF_PROXY,
        row -> saved.put(row.getString("environment"), saved(row)),
        id.project(),
        id.name());
    return saved;
  }

  private static SavedTrafficLog saved(ResultSet row) throws SQLException {
    return new SavedTrafficLog(settings(row.getString("settings")), row.getLong("version"));
  }

  /** Returns the settings of a stored document. */
  static TrafficLogSettings settings(String json) {
    try {
      return TrafficLogJson.read(json);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          "Stored settings of the traffic log can't be read: " + e.getMessage(), e);
    }
  }
}
