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
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The saved settings of proxies, and where they are in force. */
final class Deployments {

  private static final String STATUS =
      """
      SELECT e.name, COALESCE(s.deployed, FALSE) AS deployed, s.last_deploy_time, s.revision,
        COALESCE(s.deployed AND NOT %s, FALSE) AS redeploy_required
      FROM api_proxy p
      CROSS JOIN environment e
      LEFT JOIN deployment_status s
        ON s.environment = e.name AND s.project = p.project AND s.proxy = p.name
      WHERE p.project = ? AND p.name = ? AND p.present AND e.present
      ORDER BY e.name
      """
          .formatted(SettingsColumns.same("s", "p"));

  private final Database database;
  private final Clock clock;

  Deployments(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** A proxy's row, as far as it changes while the gateway runs. */
  private record State(SavedSettings saved, long lastRevision) {}

  void apply(ProxyCatalog catalog, Author author) {
    database.write(
        "apply the catalog",
        connection -> {
          database.lockCatalog(connection);
          DeploymentWriter writer = new DeploymentWriter(connection, author.username(), now());
          new CatalogWriter(connection, writer).apply(catalog);
          return catalog;
        });
  }

  Optional<SavedSettings> settings(ProxyId id) {
    return database
        .read("the settings of " + id, connection -> find(connection, id, ""))
        .map(State::saved);
  }

  Update update(
      ProxyId id,
      Function<SavedSettings, MaintenanceSettings> change,
      List<DeploymentRequest> deployTo,
      Author author) {
    long environments = deployTo.stream().map(DeploymentRequest::environment).distinct().count();
    if (environments < deployTo.size()) {
      throw new IllegalArgumentException("an environment is named twice in " + deployTo);
    }
    return database.write(
        "save the settings of " + id,
        connection -> {
          State state = lock(connection, id);
          SavedSettings saved = state.saved();
          MaintenanceSettings settings = change.apply(saved);
          lock(connection, deployTo);
          Instant now = now();
          DeploymentWriter writer = new DeploymentWriter(connection, author.username(), now);
          if (!settings.equals(saved.settings())) {
            writer.save(id, settings);
            saved = new SavedSettings(settings, saved.version() + 1);
          }
          long revision = state.lastRevision();
          List<Deployment> deployments = new ArrayList<>();
          for (DeploymentRequest request : deployTo) {
            long version = writer.nextVersion(request.environment());
            writer.deploy(List.of(id), request, version);
            revision++;
            deployments.add(record(id, revision, request, version, true, settings, author, now));
          }
          return new Update(saved, deployments);
        });
  }

  Optional<Deployment> undeploy(ProxyId id, DeploymentRequest request, Author author) {
    String environment = request.environment();
    return database.write(
        "undeploy " + id,
        connection -> {
          State state = lock(connection, id);
          lock(connection, List.of(request));
          Optional<MaintenanceSettings> inForce = inForce(connection, id, environment);
          if (inForce.isEmpty()) {
            return Optional.empty();
          }
          Instant now = now();
          DeploymentWriter writer = new DeploymentWriter(connection, author.username(), now);
          long version = writer.nextVersion(environment);
          writer.undeploy(id, request, version);
          long revision = state.lastRevision() + 1;
          return Optional.of(
              record(id, revision, request, version, false, inForce.get(), author, now));
        });
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
    return new DeploymentStatus(
        row.getString("name"),
        row.getBoolean("deployed"),
        never ? null : Instant.ofEpochMilli(row.getLong("last_deploy_time")),
        never ? null : revision,
        row.getBoolean("redeploy_required"));
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

  /** Returns the time as it can be stored. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private static Deployment record(
      ProxyId id,
      long revision,
      DeploymentRequest request,
      long version,
      boolean deployed,
      MaintenanceSettings settings,
      Author author,
      Instant time) {
    return new Deployment(
        id,
        revision,
        request.environment(),
        version,
        deployed,
        settings,
        author.username(),
        time,
        request.description(),
        request.persistent());
  }
}
