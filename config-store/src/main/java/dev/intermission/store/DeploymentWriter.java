package dev.intermission.store;

import static dev.intermission.store.Sql.row;

import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import dev.intermission.api.store.Deployment;
import dev.intermission.api.store.DeploymentRequest;
import dev.intermission.api.store.SavedSettings;
import dev.intermission.api.store.SettingsStore.Update;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Deploys and undeploys saved settings, inside a transaction that may write. */
final class DeploymentWriter {

  private static final String NEXT_REVISION =
      "UPDATE api_proxy SET last_revision = last_revision + 1 WHERE project = ? AND name = ?";

  private static final String RECORD =
      String.format(
          Locale.ROOT,
          """
          INSERT INTO deployment (project, proxy, revision, environment, environment_version, deployed,
            %s, username, time, description, persistent, operation)
          """,
          SettingsDocument.COLUMNS);

  private static final String RECORD_DEPLOYMENT =
      RECORD
          + String.format(
              Locale.ROOT,
              """
              SELECT p.project, p.name, p.last_revision, ?, ?, TRUE, %s, ?, ?, ?, ?, ?
              FROM api_proxy p WHERE p.project = ? AND p.name = ?
              """,
              SettingsDocument.columnsOf("p"));

  private static final String PUT_IN_FORCE =
      String.format(
          Locale.ROOT,
          """
          INSERT INTO deployment_status (environment, project, proxy, environment_version, deployed,
            revision, last_deploy_time, deploy_username, state_since, state_username, %s)
          SELECT ?, p.project, p.name, ?, TRUE, p.last_revision, ?, ?, ?, ?, %s
          FROM api_proxy p WHERE p.project = ? AND p.name = ?
          ON CONFLICT (environment, project, proxy) DO UPDATE SET
            environment_version = excluded.environment_version,
            deployed = excluded.deployed,
            revision = excluded.revision,
            last_deploy_time = excluded.last_deploy_time,
            deploy_username = excluded.deploy_username,
            state_since = excluded.state_since,
            state_username = excluded.state_username,
            settings = excluded.settings,
            settings_digest = excluded.settings_digest
          """,
          SettingsDocument.COLUMNS,
          SettingsDocument.columnsOf("p"));

  private static final String RECORD_UNDEPLOYMENT =
      RECORD
          + String.format(
              Locale.ROOT,
              """
              SELECT p.project, p.name, p.last_revision, ?, ?, FALSE, %s, ?, ?, ?, ?, ?
              FROM api_proxy p
              JOIN deployment_status s ON s.project = p.project AND s.proxy = p.name
              WHERE p.project = ? AND p.name = ? AND s.environment = ?
              """,
              SettingsDocument.columnsOf("s"));

  private static final String TAKE_OUT_OF_FORCE =
      """
      UPDATE deployment_status SET deployed = FALSE, environment_version = ?
      WHERE environment = ? AND project = ? AND proxy = ?
      """;

  private final Connection connection;
  private final Change change;
  private final Retention retention;
  private final AuditWriter audit;
  private final Map<String, Long> versions = new HashMap<>();

  DeploymentWriter(Connection connection, Change change, Retention retention) {
    this.connection = connection;
    this.change = change;
    this.retention = retention;
    audit = new AuditWriter(connection, change, retention);
  }

  /** Returns the audit writer of the transaction, for its other changes. */
  AuditWriter audit() {
    return audit;
  }

  /** Saves settings of a proxy that is locked, and deploys them. */
  Update put(
      ProxyId id, ProxyRow proxy, MaintenanceSettings settings, List<DeploymentRequest> deployTo)
      throws SQLException {
    SavedSettings saved = proxy.saved();
    if (!settings.equals(saved.settings())) {
      save(id, settings);
      saved = new SavedSettings(settings, saved.version() + 1);
    }
    long revision = proxy.lastRevision();
    List<Deployment> deployments = new ArrayList<>();
    for (DeploymentRequest request : deployTo) {
      Optional<MaintenanceSettings> before =
          Statuses.inForce(connection, id, request.environment());
      long version = ownVersion(request.environment());
      deploy(
          List.of(id), request, version, StateSince.of(connection, id, settings, request, change));
      revision++;
      Deployment deployment = record(id, revision, request, version, true, settings);
      audit.deployed(deployment, before.orElse(null));
      deployments.add(deployment);
    }
    if (!deployments.isEmpty()) {
      History.prune(connection, id, retention);
    }
    return new Update(saved, deployments);
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
    deploy(proxies, request, version, StateSince.now(change));
  }

  /** Deploys the saved settings of each proxy with its next revision. */
  private void deploy(
      Collection<ProxyId> proxies, DeploymentRequest request, long version, StateSince since)
      throws SQLException {
    String environment = request.environment();
    Sql.batch(connection, NEXT_REVISION, proxies, id -> row(id.project(), id.name()));
    Sql.batch(
        connection,
        RECORD_DEPLOYMENT,
        proxies,
        id ->
            row(
                environment,
                version,
                change.author().username(),
                change.time().toEpochMilli(),
                request.description(),
                request.persistent(),
                change.operation(),
                id.project(),
                id.name()));
    Sql.batch(
        connection,
        PUT_IN_FORCE,
        proxies,
        id ->
            row(
                environment,
                version,
                change.time().toEpochMilli(),
                change.author().username(),
                since.time().toEpochMilli(),
                since.username(),
                id.project(),
                id.name()));
  }

  /** Undeploys a proxy that is locked, and has these settings in force in the environment. */
  Deployment undeploy(
      ProxyId id, ProxyRow proxy, DeploymentRequest request, MaintenanceSettings inForce)
      throws SQLException {
    String environment = request.environment();
    long version = nextVersion(environment);
    Sql.update(connection, NEXT_REVISION, id.project(), id.name());
    Sql.update(
        connection,
        RECORD_UNDEPLOYMENT,
        environment,
        version,
        change.author().username(),
        change.time().toEpochMilli(),
        request.description(),
        request.persistent(),
        change.operation(),
        id.project(),
        id.name(),
        environment);
    Sql.update(connection, TAKE_OUT_OF_FORCE, version, environment, id.project(), id.name());
    Deployment undeployment =
        record(id, proxy.lastRevision() + 1, request, version, false, inForce);
    audit.undeployed(undeployment);
    History.prune(connection, id, retention);
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

  private void save(ProxyId id, MaintenanceSettings settings) throws SQLException {
    SettingsDocument document = SettingsDocument.of(settings);
    Sql.update(
        connection,
        """
        UPDATE api_proxy SET settings = ?, settings_digest = ?,
          settings_version = settings_version + 1
        WHERE project = ? AND name = ?
        """,
        document.json(),
        document.digest(),
        id.project(),
        id.name());
  }
}
