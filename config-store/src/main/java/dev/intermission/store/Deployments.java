package dev.intermission.store;

import dev.intermission.api.Author;
import dev.intermission.api.Deployment;
import dev.intermission.api.DeploymentRequest;
import dev.intermission.api.DeploymentStatus;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyCatalog;
import dev.intermission.api.ProxyId;
import dev.intermission.api.SavedSettings;
import dev.intermission.api.SettingsStore.Update;
import dev.intermission.api.UnknownEnvironmentException;
import dev.intermission.api.UnknownProxyException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The saved settings of proxies, and where they are in force. */
final class Deployments {

  private static final String STATUS =
      """
      SELECT e.name, COALESCE(s.deployed, FALSE) AS deployed, s.last_deploy_time, s.revision,
        COALESCE(s.deployed AND NOT %s, FALSE) AS redeploy_required,
        COALESCE(s.environment_version, 0) AS environment_version, %s
      FROM api_proxy p
      CROSS JOIN environment e
      LEFT JOIN deployment_status s
        ON s.environment = e.name AND s.project = p.project AND s.proxy = p.name
      WHERE p.project = ? AND p.name = ? AND p.present AND e.present
      ORDER BY e.name
      """
          .formatted(SettingsColumns.same("s", "p"), SettingsColumns.of("s"));

  private final Database database;
  private final Clock clock;
  private final Retention retention;
  private final Listeners listeners;

  Deployments(Database database, Clock clock, Retention retention, Listeners listeners) {
    this.database = database;
    this.clock = clock;
    this.retention = retention;
    this.listeners = listeners;
  }

  /** A proxy's row, as far as it changes while the gateway runs. */
  private record State(SavedSettings saved, long lastRevision) {}

  void apply(ProxyCatalog catalog, Author author) {
    Change change = Change.by(author, clock);
    Set<String> environments =
        database.write(
            "apply the catalog",
            change,
            connection -> {
              database.lockCatalog(connection);
              CatalogWriter writer =
                  new CatalogWriter(connection, new DeploymentWriter(connection, change));
              CatalogWriter.Outcome outcome = writer.apply(catalog);
              audit(connection, change).catalogApplied(outcome.detail());
              return outcome.environments();
            });
    environments.forEach(listeners::changed);
  }

  Optional<SavedSettings> settings(ProxyId id) {
    return database
        .read("the settings of " + id, connection -> find(connection, id, ""))
        .map(State::saved);
  }

  Update update(
      ProxyId id,
      Function<SavedSettings, MaintenanceSettings> function,
      List<DeploymentRequest> deployTo,
      Author author) {
    requireDistinct(deployTo);
    Change change = Change.by(author, clock);
    return tell(
        database.write(
            "save the settings of " + id,
            change,
            connection -> {
              State state = lock(connection, id);
              MaintenanceSettings before = state.saved().settings();
              MaintenanceSettings after = function.apply(state.saved());
              lock(connection, deployTo);
              AuditWriter audit = audit(connection, change);
              if (!after.equals(before)) {
                audit.settingsChanged(id, before, after);
              }
              return put(connection, change, id, state, after, deployTo, audit);
            }));
  }

  Optional<Update> rollBack(
      ProxyId id, long revision, List<DeploymentRequest> deployTo, Author author) {
    requireDistinct(deployTo);
    Change change = Change.by(author, clock);
    return database
        .write(
            "roll back " + id,
            change,
            connection -> {
              State state = lock(connection, id);
              lock(connection, deployTo);
              Optional<Deployment> found = History.find(connection, id, revision);
              if (found.isEmpty()) {
                return Optional.<Update>empty();
              }
              MaintenanceSettings after = found.get().settings();
              AuditWriter audit = audit(connection, change);
              audit.rolledBack(id, revision, state.saved().settings(), after);
              return Optional.of(put(connection, change, id, state, after, deployTo, audit));
            })
        .map(this::tell);
  }

  /** Saves settings, and deploys them. */
  private Update put(
      Connection connection,
      Change change,
      ProxyId id,
      State state,
      MaintenanceSettings settings,
      List<DeploymentRequest> deployTo,
      AuditWriter audit)
      throws SQLException {
    DeploymentWriter writer = new DeploymentWriter(connection, change);
    SavedSettings saved = state.saved();
    if (!settings.equals(saved.settings())) {
      writer.save(id, settings);
      saved = new SavedSettings(settings, saved.version() + 1);
    }
    long revision = state.lastRevision();
    List<Deployment> deployments = new ArrayList<>();
    for (DeploymentRequest request : deployTo) {
      Optional<MaintenanceSettings> before = inForce(connection, id, request.environment());
      long version = writer.nextVersion(request.environment());
      writer.deploy(List.of(id), request, version);
      revision++;
      Deployment deployment = record(id, revision, request, version, true, settings, change);
      audit.deployed(deployment, before.orElse(null));
      deployments.add(deployment);
    }
    if (!deployments.isEmpty()) {
      History.prune(connection, id, retention);
    }
    return new Update(saved, deployments);
  }

  Optional<Deployment> undeploy(ProxyId id, DeploymentRequest request, Author author) {
    String environment = request.environment();
    Change change = Change.by(author, clock);
    Optional<Deployment> undeployed =
        database.write(
            "undeploy " + id,
            change,
            connection -> {
              State state = lock(connection, id);
              lock(connection, List.of(request));
              Optional<MaintenanceSettings> inForce = inForce(connection, id, environment);
              if (inForce.isEmpty()) {
                return Optional.<Deployment>empty();
              }
              DeploymentWriter writer = new DeploymentWriter(connection, change);
              long version = writer.nextVersion(environment);
              writer.undeploy(id, request, version);
              Deployment undeployment =
                  record(
                      id, state.lastRevision() + 1, request, version, false, inForce.get(), change);
              audit(connection, change).undeployed(undeployment);
              History.prune(connection, id, retention);
              return Optional.of(undeployment);
            });
    undeployed.ifPresent(done -> listeners.changed(done.environment()));
    return undeployed;
  }

  private Update tell(Update update) {
    update.deployments().forEach(deployment -> listeners.changed(deployment.environment()));
    return update;
  }

  private AuditWriter audit(Connection connection, Change change) {
    return new AuditWriter(connection, change, retention);
  }

  private static void requireDistinct(List<DeploymentRequest> deployTo) {
    long environments = deployTo.stream().map(DeploymentRequest::environment).distinct().count();
    if (environments < deployTo.size()) {
      throw new IllegalArgumentException("an environment is named twice in " + deployTo);
    }
  }

  List<DeploymentStatus> status(ProxyId id) {
    return database.read(
        "the deployments of " + id,
        connection ->
            List.copyOf(
                Sql.list(connection, STATUS, Deployments::status, id.project(), id.name())));
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
        deployed ? SettingsColumns.read(row) : null);
  }

  private static Optional<MaintenanceSettings> inForce(
      Connection connection, ProxyId id, String environment) throws SQLException {
    return Sql.first(
        connection,
        "SELECT "
            + SettingsColumns.NAMES
            + " FROM deployment_status WHERE environment = ? AND project = ? AND proxy = ? AND deployed",
        SettingsColumns::read,
        environment,
        id.project(),
        id.name());
  }

  private static Optional<State> find(Connection connection, ProxyId id, String lock)
      throws SQLException {
    return Sql.first(
        connection,
        "SELECT "
            + SettingsColumns.NAMES
            + ", settings_version, last_revision FROM api_proxy WHERE project = ? AND name = ? AND present"
            + lock,
        row ->
            new State(
                new SavedSettings(SettingsColumns.read(row), row.getLong("settings_version")),
                row.getLong("last_revision")),
        id.project(),
        id.name());
  }

  /** Keeps other transactions from changing the proxy until this one ends. */
  private State lock(Connection connection, ProxyId id) throws SQLException {
    return find(connection, id, database.rowLock())
        .orElseThrow(() -> new UnknownProxyException(id));
  }

  /** The same for the environments, in an order that is the same for all. */
  private void lock(Connection connection, List<DeploymentRequest> requests) throws SQLException {
    for (String name : requests.stream().map(DeploymentRequest::environment).sorted().toList()) {
      if (!Catalog.hasEnvironment(connection, name, database.rowLock())) {
        throw new UnknownEnvironmentException(name);
      }
    }
  }

  private static Deployment record(
      ProxyId id,
      long revision,
      DeploymentRequest request,
      long version,
      boolean deployed,
      MaintenanceSettings settings,
      Change change) {
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
        request.persistent());
  }
}
