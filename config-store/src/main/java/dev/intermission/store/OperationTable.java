package dev.intermission.store;

import static dev.intermission.store.Sql.row;

import dev.intermission.api.ProxyId;
import dev.intermission.api.store.Operation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads and writes the operations that were made. */
final class OperationTable {

  private static final int KEPT = 1000;
  private static final long UNCOUNTED = Long.MAX_VALUE;

  private static final String SELECT =
      "SELECT id, time, username, description, undoes, undone_by FROM operation ";

  private static final String PROXIES =
      """
      SELECT project, proxy AS name, settings_before AS settings, settings_version
      FROM operation_proxy WHERE operation = ? ORDER BY project, proxy
      """;

  private static final String DEPLOYMENTS =
      """
      SELECT project, proxy AS name, environment, settings_before AS settings, revision,
        environment_version
      FROM operation_deployment WHERE operation = ? ORDER BY environment
      """;

  private OperationTable() {}

  static Optional<Operation> find(Connection connection, String id) throws SQLException {
    Optional<Operation> head =
        Sql.first(connection, SELECT + "WHERE id = ?", OperationTable::head, id);
    return head.isEmpty() ? head : Optional.of(whole(connection, head.get()));
  }

  /** Returns the newest with a proxy in a project that is wanted, the newest first. */
  static List<Operation> newest(Connection connection, Predicate<String> projects, int limit)
      throws SQLException {
    List<Operation> found = new ArrayList<>();
    for (Operation head :
        Sql.list(connection, SELECT + "ORDER BY number DESC", OperationTable::head)) {
      if (found.size() == limit) {
        break;
      }
      if (isInOneOf(connection, head.id(), projects)) {
        found.add(whole(connection, head));
      }
    }
    return found;
  }

  /** Goes from one project to the next by the index, since an operation may have many proxies. */
  private static boolean isInOneOf(Connection connection, String id, Predicate<String> projects)
      throws SQLException {
    Optional<String> project = projectBehind(connection, id, "");
    while (project.isPresent()) {
      if (projects.test(project.get())) {
        return true;
      }
      project = projectBehind(connection, id, project.get());
    }
    return false;
  }

  private static Optional<String> projectBehind(Connection connection, String id, String before)
      throws SQLException {
    return Sql.first(
        connection,
        "SELECT project FROM operation_proxy WHERE operation = ? AND project > ? ORDER BY project LIMIT 1",
        row -> row.getString("project"),
        id,
        before);
  }

  private static Operation head(ResultSet row) throws SQLException {
    return new Operation(
        row.getString("id"),
        Instant.ofEpochMilli(row.getLong("time")),
        row.getString("username"),
        row.getString("description"),
        row.getString("undoes"),
        row.getString("undone_by"),
        List.of());
  }

  private static Operation whole(Connection connection, Operation head) throws SQLException {
    Map<ProxyId, List<Operation.InEnvironment>> deployments = new HashMap<>();
    Sql.list(
        connection,
        DEPLOYMENTS,
        row ->
            deployments
                .computeIfAbsent(CatalogReader.id(row), id -> new ArrayList<>())
                .add(
                    new Operation.InEnvironment(
                        row.getString("environment"),
                        SettingsDocument.read(row),
                        row.getLong("revision"),
                        row.getLong("environment_version"))),
        head.id());
    List<Operation.Changed> proxies =
        Sql.list(
            connection,
            PROXIES,
            row ->
                new Operation.Changed(
                    CatalogReader.id(row),
                    SettingsDocument.read(row),
                    row.getLong("settings_version"),
                    deployments.getOrDefault(CatalogReader.id(row), List.of())),
            head.id());
    return new Operation(
        head.id(),
        head.time(),
        head.username(),
        head.description(),
        head.undoes(),
        head.undoneBy(),
        proxies);
  }

  private record Deployed(ProxyId id, Operation.InEnvironment at) {}

  /** Writes an operation, which has no number before {@link #count}. */
  static void write(Connection connection, Operation operation) throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO operation (id, number, time, username, description, undoes) VALUES (?, ?, ?, ?, ?, ?)",
        operation.id(),
        UNCOUNTED,
        operation.time().toEpochMilli(),
        operation.username(),
        operation.description(),
        operation.undoes());
    Sql.batch(
        connection,
        "INSERT INTO operation_proxy (operation, project, proxy, settings_before, settings_version) VALUES (?, ?, ?, ?, ?)",
        operation.proxies(),
        changed ->
            row(
                operation.id(),
                changed.id().project(),
                changed.id().name(),
                SettingsDocument.jsonOrNull(changed.before()),
                changed.settingsVersion()));
    List<Deployed> deployments = new ArrayList<>();
    for (Operation.Changed changed : operation.proxies()) {
      changed.deployments().forEach(at -> deployments.add(new Deployed(changed.id(), at)));
    }
    Sql.batch(
        connection,
        "INSERT INTO operation_deployment (operation, project, proxy, environment, settings_before, revision, environment_version) VALUES (?, ?, ?, ?, ?, ?, ?)",
        deployments,
        deployed ->
            row(
                operation.id(),
                deployed.id().project(),
                deployed.id().name(),
                deployed.at().environment(),
                SettingsDocument.jsonOrNull(deployed.at().before()),
                deployed.at().revision(),
                deployed.at().environmentVersion()));
  }

  /**
   * Gives an operation the number of its change, marks the one that it undoes, and drops the
   * oldest.
   */
  static void count(Connection connection, Operation operation, long number) throws SQLException {
    Sql.update(connection, "UPDATE operation SET number = ? WHERE id = ?", number, operation.id());
    if (operation.undoes() != null) {
      Sql.update(
          connection,
          "UPDATE operation SET undone_by = ? WHERE id = ?",
          operation.id(),
          operation.undoes());
    }
    prune(connection);
  }

  private static void prune(Connection connection) throws SQLException {
    String old =
        "(SELECT id FROM operation WHERE number <= (SELECT number FROM operation ORDER BY number DESC LIMIT 1 OFFSET "
            + KEPT
            + "))";
    Sql.update(connection, "DELETE FROM operation_deployment WHERE operation IN " + old);
    Sql.update(connection, "DELETE FROM operation_proxy WHERE operation IN " + old);
    Sql.update(connection, "DELETE FROM operation WHERE id IN " + old);
  }
}
