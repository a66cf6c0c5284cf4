package dev.intermission.store;

import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import dev.intermission.api.store.Deployment;
import dev.intermission.api.store.DeploymentRequest;
import dev.intermission.api.store.SettingsStore.Update;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Deploys and undeploys saved settings, inside a transaction that may write. */
final class DeploymentWriter {

  private static final SortedMap<String, Standing> NOWHERE =
      Collections.unmodifiableSortedMap(new TreeMap<>());

  private final Connection connection;
  private final Change change;
  private final Retention retention;
  private final DeploymentRows rows;
  private final AuditWriter audit;
  private final Map<String, Long> versions = new HashMap<>();

  DeploymentWriter(Connection connection, Change change, Retention retention) {
    this.connection = connection;
    this.change = change;
    this.retention = retention;
    rows = new DeploymentRows(connection, change);
    audit = new AuditWriter(connection, change, retention);
  }

  /** Returns the audit writer of the transaction, for its other changes. */
  AuditWriter audit() {
    return audit;
  }

  /** Saves settings of proxies that are locked, and deploys them; returns what became of each. */
  List<Update> put(List<Target> targets) throws SQLException {
    List<ProxyId> deployed = targets.stream().filter(Target::deploys).map(Target::id).toList();
    Map<ProxyId, SortedMap<String, Standing>> inForce = Standing.of(connection, deployed);
    List<Put> puts = targets.stream().map(Put::new).toList();
    List<NewAuditEntry> entries = new ArrayList<>();
    for (int i = 0; ; i++) {
      int step = i;
      List<Put> present = puts.stream().filter(put -> put.has(step)).toList();
      if (present.isEmpty()) {
        break;
      }
      rows.save(present.stream().filter(put -> put.save(step)).toList());
      List<DeploymentRows.Deploying> deploying = new ArrayList<>();
      for (Put put : present) {
        DeploymentRequest request = put.request(step);
        if (request != null) {
          Standing before = inForce.getOrDefault(put.id(), NOWHERE).get(request.environment());
          Deployment deployment = next(put, request);
          deploying.add(
              new DeploymentRows.Deploying(
                  put.id(),
                  request,
                  deployment.environmentVersion(),
                  StateSince.of(
                      before == null ? null : before.inForce(), deployment.settings(), change)));
          entries.add(
              NewAuditEntry.deployed(deployment, before == null ? null : before.settings()));
        }
      }
      rows.deploy(deploying);
    }
    audit.write(entries);
    History.prune(connection, deployed, retention);
    return puts.stream().map(Put::update).toList();
  }

  private Deployment next(Put put, DeploymentRequest request) throws SQLException {
    Deployment deployment =
        record(
            put.id(),
            put.nextRevision(),
            request,
            ownVersion(request.environment()),
            true,
            put.saved().settings());
    put.deployed(deployment);
    return deployment;
  }

  /** Returns the version that this transaction gives the environment, for all that it deploys. */
  private long ownVersion(String environment) throws SQLException {
    Long version = versions.get(environment);
    if (version == null) {
      version = nextVersion(environment);
      versions.put(environment, version);
    }
    return version;
  }

  /** Makes the environment's next snapshot version, and returns it. */
  long nextVersion(String environment) throws SQLException {
    return Sql.first(
            connection,
            "UPDATE environment SET version = version + 1 WHERE name = ? RETURNING version",
            row -> row.getLong(1),
            environment)
        .orElseThrow();
  }

  /** Deploys the saved settings of proxies that are new to the environment. */
  void deployFirst(Collection<ProxyId> proxies, DeploymentRequest request, long version)
      throws SQLException {
    StateSince since = StateSince.now(change);
    rows.deploy(
        proxies.stream()
            .map(id -> new DeploymentRows.Deploying(id, request, version, since))
            .toList());
  }

  /** Undeploys a proxy that is locked, and has these settings in force in the environment. */
  Deployment undeploy(
      ProxyId id, ProxyRow proxy, DeploymentRequest request, MaintenanceSettings inForce)
      throws SQLException {
    long version = nextVersion(request.environment());
    rows.undeploy(id, request, version);
    Deployment undeployment =
        record(id, proxy.lastRevision() + 1, request, version, false, inForce);
    audit.undeployed(undeployment);
    History.prune(connection, List.of(id), retention);
    return undeployment;
  }

  private Deployment record(
      ProxyId id,
      long revision,
      DeploymentRequest request,
      long version,
      boolean deployed,
      MaintenanceSettings settings) {
    return new Deployment(
        id,
        revision,
        request.environment(),
        version,
        deployed,
        settings,
        change.author().username(),
        change.time(),
        request.description(),
        request.persistent(),
        change.operation());
  }
}
