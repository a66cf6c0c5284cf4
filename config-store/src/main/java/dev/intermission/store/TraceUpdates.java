package dev.intermission.store;

import dev.intermission.api.ProxyId;
import dev.intermission.api.TraceWindow;
import dev.intermission.api.store.Author;
import dev.intermission.api.store.DeploymentRequest;
import dev.intermission.api.store.ProxyTrace;
import dev.intermission.api.store.SavedSettings;
import dev.intermission.api.store.SavedTrace;
import dev.intermission.api.store.SettingsStore.NewTrace;
import dev.intermission.api.store.SettingsStore.TraceUpdate;
import dev.intermission.api.store.SettingsStore.Update;
import dev.intermission.api.store.TraceChange;
import dev.intermission.api.trace.TraceSettings;
import dev.intermission.json.TraceSettingsJson;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** Reads and changes the saved trace settings of proxies, and deploys them with the others. */
final class TraceUpdates {

  private static final String SAVED =
      "SELECT trace, trace_version FROM api_proxy WHERE project = ? AND name = ? AND present";

  private static final String IN_FORCE =
      """
      SELECT s.environment, s.trace, s.trace_since FROM deployment_status s
      JOIN environment e ON e.name = s.environment
      WHERE s.project = ? AND s.proxy = ? AND s.deployed AND s.trace IS NOT NULL AND e.present
      """;

  private static final String SINCE =
      """
      SELECT s.trace_since FROM deployment_status s
      JOIN api_proxy p ON p.project = s.project AND p.name = s.proxy
      WHERE s.project = ? AND s.proxy = ? AND s.environment = p.trace_environment
        AND s.trace_asked = p.trace_asked AND s.trace_since IS NOT NULL
      """;

  private static final String SAVE =
      """
      UPDATE api_proxy SET trace = ?, trace_environment = ?, trace_version = trace_version + 1,
        trace_asked = trace_asked + ?
      WHERE project = ? AND name = ?
      """;

  private final Database database;
  private final Clock clock;
  private final Retention retention;
  private final Listeners listeners;

  TraceUpdates(Database database, Clock clock, Retention retention, Listeners listeners) {
    this.database = database;
    this.clock = clock;
    this.retention = retention;
    this.listeners = listeners;
  }

  Optional<ProxyTrace> of(ProxyId id) {
    return database.read(
        "the trace settings of " + id,
        connection -> {
          Optional<SavedTrace> saved = saved(connection, id);
          return saved.isEmpty()
              ? Optional.empty()
              : Optional.of(trace(connection, id, saved.get()));
        });
  }

  TraceUpdate update(
      ProxyId id,
      BiFunction<SavedTrace, SavedSettings, NewTrace> function,
      List<DeploymentRequest> deployTo,
      Author author) {
    SettingsUpdates.requireDistinct(deployTo);
    Change change = Change.by(author, clock);
    TraceUpdate update =
        database.write(
            "save the trace settings of " + id,
            change,
            connection -> {
              ProxyRow proxy = ProxyRow.lock(connection, id, database.rowLock());
              SettingsUpdates.lock(connection, deployTo, database.rowLock());
              SavedTrace before = saved(connection, id).orElseThrow();
              NewTrace wanted = function.apply(before, proxy.saved());
              DeploymentWriter writer = new DeploymentWriter(connection, change, retention);
              SavedTrace after = save(connection, writer, id, before, wanted);
              Update deployed =
                  writer
                      .put(List.of(Target.of(id, proxy, proxy.saved().settings(), deployTo)))
                      .get(0);
              ChangeCounter.count(connection, List.of(id));
              return new TraceUpdate(trace(connection, id, after), deployed.deployments());
            });
    update.deployments().forEach(deployment -> listeners.changed(deployment.environment()));
    return update;
  }

  /**
   * Asking again for a window that is fixed already changes nothing. In another environment it
   * begins anew: what was fixed there, if anything, was of a window before.
   */
  private static SavedTrace save(
      Connection connection,
      DeploymentWriter writer,
      ProxyId id,
      SavedTrace before,
      NewTrace wanted)
      throws SQLException {
    TraceSettings settings = wanted.settings();
    boolean isOther = !settings.equals(before.settings());
    boolean isElsewhere = !Objects.equals(settings.environment(), before.settings().environment());
    boolean begins =
        settings.enabled()
            && (isElsewhere || (wanted.anew() && (isOther || settings.start() == null)));
    if (!isOther && !begins) {
      return before;
    }
    Sql.update(
        connection,
        SAVE,
        TraceSettingsJson.write(settings),
        settings.enabled() ? settings.environment() : null,
        begins ? 1L : 0L,
        id.project(),
        id.name());
    writer
        .audit()
        .traceChanged(
            id, new TraceChange(before.version() == 0 ? null : before.settings(), settings));
    return new SavedTrace(settings, before.version() + 1);
  }

  private static Optional<SavedTrace> saved(Connection connection, ProxyId id) throws SQLException {
    return Sql.first(connection, SAVED, TraceUpdates::saved, id.project(), id.name());
  }

  private static SavedTrace saved(ResultSet row) throws SQLException {
    String trace = row.getString("trace");
    return trace == null
        ? SavedTrace.NONE
        : new SavedTrace(TraceColumns.settings(trace), row.getLong("trace_version"));
  }

  private static ProxyTrace trace(Connection connection, ProxyId id, SavedTrace saved)
      throws SQLException {
    Instant since =
        Sql.first(
                connection,
                SINCE,
                row -> Instant.ofEpochMilli(row.getLong(1)),
                id.project(),
                id.name())
            .orElse(null);
    return new ProxyTrace(saved, inForce(connection, id), since);
  }

  private static SortedMap<String, TraceWindow> inForce(Connection connection, ProxyId id)
      throws SQLException {
    SortedMap<String, TraceWindow> inForce = new TreeMap<>();
    Sql.list(
        connection,
        IN_FORCE,
        row -> inForce.put(row.getString("environment"), TraceColumns.window(row)),
        id.project(),
        id.name());
    return inForce;
  }
}
