package dev.intermission.store;

import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import dev.intermission.api.store.DeploymentStatus;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the deployment status of proxies in environments. */
final class Statuses {

  private static final String OF_PROJECT =
      String.format(
          Locale.ROOT,
          """
          SELECT p.project, p.name AS proxy, e.name, COALESCE(s.deployed, FALSE) AS deployed, s.last_deploy_time, s.revision,
            %s AS redeploy_required, %s AS trace_pending,
            COALESCE(s.environment_version, 0) AS environment_version, s.settings
          FROM api_proxy p
          CROSS JOIN environment e
          LEFT JOIN deployment_status s
            ON s.environment = e.name AND s.project = p.project AND s.proxy = p.name
          WHERE p.project = ? AND p.present AND e.present
          """,
          TraceColumns.REDEPLOY_REQUIRED,
          TraceColumns.PENDING);

  private static final String OF_PROXIES = OF_PROJECT + "AND p.name IN (%s) ORDER BY e.name";

  private static final String STATUS = OF_PROJECT + "AND p.name = ? ORDER BY e.name";

  private static final String IN_FORCE =
      "SELECT settings FROM deployment_status WHERE environment = ? AND project = ? AND proxy = ? AND deployed";

  private final Database database;

  Statuses(Database database) {
    this.database = database;
  }

  List<DeploymentStatus> status(ProxyId id) {
    return database.read("the deployments of " + id, connection -> status(connection, id));
  }

  /** Returns the status in each environment, ordered by name. */
  static List<DeploymentStatus> status(Connection connection, ProxyId id) throws SQLException {
    return List.copyOf(Sql.list(connection, STATUS, Statuses::status, id.project(), id.name()));
  }

  Map<ProxyId, List<DeploymentStatus>> ofProject(String project) {
    return database.read(
        "the deployments of a project",
        connection ->
            byProxy(
                Sql.list(connection, OF_PROJECT + "ORDER BY e.name", Statuses::entry, project)));
  }

  /** Returns the status of each of these proxies, as {@link #status}. */
  static Map<ProxyId, List<DeploymentStatus>> statuses(
      Connection connection, Collection<ProxyId> proxies) throws SQLException {
    return byProxy(ProxySets.list(connection, OF_PROXIES, proxies, Statuses::entry));
  }

  private static Map.Entry<ProxyId, DeploymentStatus> entry(ResultSet row) throws SQLException {
    return Map.entry(new ProxyId(row.getString("project"), row.getString("proxy")), status(row));
  }

  private static Map<ProxyId, List<DeploymentStatus>> byProxy(
      List<Map.Entry<ProxyId, DeploymentStatus>> entries) {
    return entries.stream()
        .collect(
            Collectors.groupingBy(
                Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
  }

  /** Returns the settings that are in force in the environment, if it is deployed there. */
  static Optional<MaintenanceSettings> inForce(
      Connection connection, ProxyId id, String environment) throws SQLException {
    return Sql.first(
        connection, IN_FORCE, SettingsDocument::read, environment, id.project(), id.name());
  }

  private static DeploymentStatus status(ResultSet row) throws SQLException {
    long revision = row.getLong("revision");
    boolean never = row.wasNull();
    boolean deployed = row.getBoolean("deployed");
    return new DeploymentStatus(
        row.getString("name"),
        deployed,
        never ? null : Instant.ofEpochMilli(row.getLong("last_deploy_time")),
        never ? null : revision,
        row.getBoolean("redeploy_required"),
        row.getLong("environment_version"),
        deployed ? SettingsDocument.read(row) : null,
        row.getBoolean("trace_pending"));
  }
}
