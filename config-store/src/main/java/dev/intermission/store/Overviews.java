package dev.intermission.store;

import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import dev.intermission.api.Window;
import dev.intermission.api.store.InForce;
import dev.intermission.api.store.OverviewChanges;
import dev.intermission.api.store.ProxyOverview;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads how proxies stand in all environments, as far as they changed. */
final class Overviews {

  private static final String PROXIES =
      "SELECT project, name, definition FROM api_proxy p WHERE present AND change > ?";

  private static final String STATUSES =
      String.format(
          Locale.ROOT,
          """
          SELECT p.project, p.name, e.name AS environment, COALESCE(s.deployed, FALSE) AS deployed,
            %s AS redeploy_required,
            COALESCE(s.environment_version, 0) AS environment_version, s.revision, s.last_deploy_time,
            s.deploy_username, s.state_since, s.state_username, s.settings, s.settings_digest
          FROM api_proxy p
          CROSS JOIN environment e
          LEFT JOIN deployment_status s
            ON s.environment = e.name AND s.project = p.project AND s.proxy = p.name
          WHERE p.present AND e.present AND p.change > ?
          """,
          TraceColumns.REDEPLOY_REQUIRED);

  /** Sorting all rows by SQL takes longer than reading them. */
  private static final Comparator<ProxyOverview.At> BY_NAME =
      Comparator.comparing(ProxyOverview.At::environment);

  private record Counted(long newest, long catalog) {}

  private final Database database;

  Overviews(Database database) {
    this.database = database;
  }

  Instant now() {
    return Instant.ofEpochMilli(
        database.read(
            "the time",
            connection ->
                Sql.only(
                    connection,
                    "SELECT " + database.now() + " AS now",
                    row -> row.getLong("now"))));
  }

  long newestChange() {
    return database.read("the newest change", Overviews::counted).newest();
  }

  OverviewChanges since(long change) {
    return database.read(
        "the overview",
        connection -> {
          Counted counted = counted(connection);
          boolean everything = change < counted.catalog() || change > counted.newest();
          Reading reading = new Reading(connection);
          return new OverviewChanges(
              counted.newest(), everything, reading.proxies(everything ? -1 : change));
        });
  }

  private static Counted counted(Connection connection) throws SQLException {
    return Sql.only(
        connection,
        "SELECT newest, catalog FROM change_counter",
        row -> new Counted(row.getLong("newest"), row.getLong("catalog")));
  }

  /** Reads what is in force, whose settings are known. */
  static InForce inForce(ResultSet row, boolean enabled, Window window, int httpStatusCode)
      throws SQLException {
    Instant deployed = Instant.ofEpochMilli(row.getLong("last_deploy_time"));
    long since = row.getLong("state_since");
    boolean known = !row.wasNull();
    return new InForce(
        row.getLong("revision"),
        deployed,
        row.getString("deploy_username"),
        enabled,
        window,
        httpStatusCode,
        known ? Instant.ofEpochMilli(since) : deployed,
        row.getString("state_username"));
  }

  /** Reads many rows; what many of them share is parsed and kept once. */
  private static final class Reading {

    private final Connection connection;
    private final Map<String, Summary> byDigest = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();

    /** What the overview needs of settings, without their messages. */
    private record Summary(boolean enabled, Window window, int httpStatusCode) {}

    Reading(Connection connection) {
      this.connection = connection;
    }

    List<ProxyOverview> proxies(long change) throws SQLException {
      Map<ProxyId, List<ProxyOverview.At>> environments = environments(change);
      return Sql.list(
          connection,
          PROXIES,
          row -> {
            ProxyId id = CatalogReader.id(row);
            return new ProxyOverview(
                id,
                Definition.categories(id, row.getString("definition")),
                environments.getOrDefault(id, List.of()).stream().sorted(BY_NAME).toList());
          },
          change);
    }

    private Map<ProxyId, List<ProxyOverview.At>> environments(long change) throws SQLException {
      Map<ProxyId, List<ProxyOverview.At>> environments = new HashMap<>();
      Sql.list(
          connection,
          STATUSES,
          row ->
              environments
                  .computeIfAbsent(CatalogReader.id(row), id -> new ArrayList<>())
                  .add(at(row)),
          change);
      return environments;
    }

    private ProxyOverview.At at(ResultSet row) throws SQLException {
      String environment = row.getString("environment");
      return new ProxyOverview.At(
          names.computeIfAbsent(environment, name -> name),
          row.getBoolean("redeploy_required"),
          row.getLong("environment_version"),
          row.getBoolean("deployed") ? inForce(row) : null);
    }

    private InForce inForce(ResultSet row) throws SQLException {
      Summary settings = settings(row);
      return Overviews.inForce(
          row, settings.enabled(), settings.window(), settings.httpStatusCode());
    }

    private Summary settings(ResultSet row) throws SQLException {
      String digest = row.getString("settings_digest");
      Summary known = byDigest.get(digest);
      if (known == null) {
        MaintenanceSettings read = SettingsDocument.read(row);
        known = new Summary(read.enabled(), read.window(), read.httpStatusCode());
        byDigest.put(digest, known);
      }
      return known;
    }
  }
}
