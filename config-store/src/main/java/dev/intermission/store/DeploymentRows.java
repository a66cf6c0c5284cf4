package dev.intermission.store;

import static dev.intermission.store.Sql.row;

import dev.intermission.api.ProxyId;
import dev.intermission.api.store.DeploymentRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/**
 * The rows of saved settings, of deployments and of what is in force, inside a transaction that may
 * write. Each statement goes to the database once for all proxies.
 */
final class DeploymentRows {

  private static final String SAVE =
      """
      UPDATE api_proxy SET settings = ?, settings_digest = ?,
        settings_version = settings_version + 1
      WHERE project = ? AND name = ?
      """;

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
            revision, last_deploy_time, deploy_username, state_since, state_username, %s,
            trace, trace_asked, trace_since)
          SELECT e.name, p.project, p.name, ?, TRUE, p.last_revision, ?, ?, ?, ?, %s,
            %s, %s, ?
          FROM api_proxy p CROSS JOIN environment e
          WHERE e.name = ? AND p.project = ? AND p.name = ?
          ON CONFLICT (environment, project, proxy) DO UPDATE SET
            environment_version = excluded.environment_version,
            deployed = excluded.deployed,
            revision = excluded.revision,
            last_deploy_time = excluded.last_deploy_time,
            deploy_username = excluded.deploy_username,
            state_since = excluded.state_since,
            state_username = excluded.state_username,
            settings = excluded.settings,
            settings_digest = excluded.settings_digest,
            trace = excluded.trace,
            trace_asked = CASE WHEN excluded.trace IS NULL
              THEN deployment_status.trace_asked ELSE excluded.trace_asked END,
            trace_since = CASE WHEN excluded.trace IS NULL
                OR excluded.trace_asked = deployment_status.trace_asked
              THEN deployment_status.trace_since ELSE excluded.trace_since END
          """,
          SettingsDocument.COLUMNS,
          SettingsDocument.columnsOf("p"),
          TraceColumns.SAVED,
          TraceColumns.ASKED);

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
      UPDATE deployment_status SET deployed = FALSE, environment_version = ?, trace = NULL
      WHERE environment = ? AND project = ? AND proxy = ?
      """;

  private final Connection connection;
  private final Change change;

  DeploymentRows(Connection connection, Change change) {
    this.connection = connection;
    this.change = change;
  }

  /** A proxy whose saved settings are to be deployed. */
  record Deploying(ProxyId id, DeploymentRequest request, long version, StateSince since) {}

  /** Saves the settings of each proxy. */
  void save(List<Put> puts) throws SQLException {
    Sql.batch(
        connection,
        SAVE,
        puts,
        put -> {
          SettingsDocument document = SettingsDocument.of(put.saved().settings());
          return row(document.json(), document.digest(), put.id().project(), put.id().name());
        });
  }

  /** Deploys the saved settings of each proxy with its next revision; none is there twice. */
  void deploy(List<Deploying> all) throws SQLException {
    Sql.batch(connection, NEXT_REVISION, all, at -> row(at.id().project(), at.id().name()));
    Sql.batch(
        connection,
        RECORD_DEPLOYMENT,
        all,
        at ->
            row(
                at.request().environment(),
                at.version(),
                change.author().username(),
                change.time().toEpochMilli(),
                at.request().description(),
                at.request().persistent(),
                change.operation(),
                at.id().project(),
                at.id().name()));
    Sql.batch(
        connection,
        PUT_IN_FORCE,
        all,
        at ->
            row(
                at.version(),
                change.time().toEpochMilli(),
                change.author().username(),
                at.since().time().toEpochMilli(),
                at.since().username(),
                change.time().toEpochMilli(),
                at.request().environment(),
                at.id().project(),
                at.id().name()));
  }

  /** Undeploys a proxy with its next revision. */
  void undeploy(ProxyId id, DeploymentRequest request, long version) throws SQLException {
    String environment = request.environment();
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
  }
}
