package dev.intermission.store;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.ProxyId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the environments, projects and proxies of the catalog that was applied last. */
final class CatalogReader {

  private final Database database;

  CatalogReader(Database database) {
    this.database = database;
  }

  Set<String> environments() {
    return names("the environments", "SELECT name FROM environment WHERE present");
  }

  Set<String> projects() {
    return names("the projects", "SELECT name FROM project WHERE present");
  }

  private Set<String> names(String what, String sql) {
    return database.read(
        what,
        connection ->
            Sql.list(connection, sql, row -> row.getString(1)).stream()
                .collect(Collectors.toUnmodifiableSet()));
  }

  boolean projectExists(String project) {
    return database
        .read(
            "a project",
            connection ->
                Sql.first(
                    connection,
                    "SELECT name FROM project WHERE name = ? AND present",
                    row -> row.getString(1),
                    project))
        .isPresent();
  }

  List<ApiProxy> proxies(String project) {
    return database.read(
        "the proxies of a project", connection -> List.copyOf(proxies(connection, project)));
  }

  static List<ApiProxy> proxies(Connection connection, String project) throws SQLException {
    return Sql.list(
        connection,
        "SELECT project, name, definition FROM api_proxy WHERE project = ? AND present ORDER BY name",
        CatalogReader::proxy,
        project);
  }

  Optional<ApiProxy> proxy(ProxyId id) {
    return database.read(
        "a proxy",
        connection ->
            Sql.first(
                connection,
                "SELECT project, name, definition FROM api_proxy WHERE project = ? AND name = ? AND present",
                CatalogReader::proxy,
                id.project(),
                id.name()));
  }

  /** Returns whether there is such an environment, and locks its row as the dialect does. */
  static boolean hasEnvironment(Connection connection, String environment, String rowLock)
      throws SQLException {
    return Sql.first(
            connection,
            "SELECT name FROM environment WHERE name = ? AND present" + rowLock,
            row -> row.getString(1),
            environment)
        .isPresent();
  }

  /** Reads the columns project, name and definition. */
  static ApiProxy proxy(ResultSet row) throws SQLException {
    return Definition.read(id(row), row.getString("definition"));
  }

  /** Reads the columns project and name. */
  static ProxyId id(ResultSet row) throws SQLException {
    return new ProxyId(row.getString("project"), row.getString("name"));
  }
}
