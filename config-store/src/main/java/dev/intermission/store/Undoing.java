package dev.intermission.store;

import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import dev.intermission.api.store.Deployment;
import dev.intermission.api.store.DeploymentRequest;
import dev.intermission.api.store.Operation;
import dev.intermission.api.store.SettingsStore.Update;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes an operation back, inside a transaction that has locked its proxies and environments. */
final class Undoing {

  private static final String REVISION =
      """
      SELECT s.revision FROM deployment_status s
      JOIN environment e ON e.name = s.environment
      WHERE s.environment = ? AND s.project = ? AND s.proxy = ? AND s.deployed AND e.present
      """;

  private final Connection connection;
  private final DeploymentWriter writer;
  private final Map<ProxyId, ProxyRow> rows;

  Undoing(Connection connection, Change change, Retention retention, Map<ProxyId, ProxyRow> rows) {
    this.connection = connection;
    this.rows = rows;
    writer = new DeploymentWriter(connection, change, retention);
  }

  /** Returns those that are not as the operation left them. */
  List<Operation.Changed> changedSince(List<Operation.Changed> proxies) throws SQLException {
    List<Operation.Changed> changed = new ArrayList<>();
    for (Operation.Changed proxy : proxies) {
      if (!isAsItWas(proxy)) {
        changed.add(proxy);
      }
    }
    return changed;
  }

  private boolean isAsItWas(Operation.Changed proxy) throws SQLException {
    ProxyRow row = rows.get(proxy.id());
    if (row == null || row.saved().version() != proxy.settingsVersion()) {
      return false;
    }
    for (Operation.InEnvironment deployment : proxy.deployments()) {
      if (revision(proxy.id(), deployment.environment())
          .filter(revision -> revision == deployment.revision())
          .isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** Returns the revision that is deployed now. */
  private Optional<Long> revision(ProxyId id, String environment) throws SQLException {
    return Sql.first(
        connection, REVISION, row -> row.getLong(1), environment, id.project(), id.name());
  }

  /** Gives those that are there what they had, and returns what was done. */
  List<Operation.Changed> undo(List<Operation.Changed> proxies, String description)
      throws SQLException {
    List<Operation.Changed> undone = new ArrayList<>();
    for (Operation.Changed proxy : proxies) {
      ProxyRow row = rows.get(proxy.id());
      if (row != null) {
        undone.add(undo(proxy, row, description));
      }
    }
    return undone;
  }

  /** What is deployed is what is saved, so each deployment saves what it deploys first. */
  private Operation.Changed undo(Operation.Changed proxy, ProxyRow row, String description)
      throws SQLException {
    ProxyId id = proxy.id();
    MaintenanceSettings saved = row.saved().settings();
    if (!proxy.before().equals(saved)) {
      writer.audit().settingsChanged(id, saved, proxy.before());
    }
    ProxyRow now = row;
    List<Operation.InEnvironment> made = new ArrayList<>();
    for (Operation.InEnvironment deployment : proxy.deployments()) {
      String environment = deployment.environment();
      Optional<MaintenanceSettings> inForce = Statuses.inForce(connection, id, environment);
      if (revision(id, environment).isEmpty() || inForce.isEmpty()) {
        continue;
      }
      Update update =
          writer.put(
              id,
              now,
              deployment.before(),
              List.of(new DeploymentRequest(environment, description, false)));
      Deployment redeployed = update.deployments().get(0);
      now = new ProxyRow(update.saved(), redeployed.revision());
      made.add(
          new Operation.InEnvironment(
              environment, inForce.get(), redeployed.revision(), redeployed.environmentVersion()));
    }
    Update restored = writer.put(id, now, proxy.before(), List.of());
    return new Operation.Changed(id, saved, restored.saved().version(), made);
  }
}
