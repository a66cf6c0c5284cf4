package dev.intermission.store;

import static dev.intermission.store.TestCatalog.AUTHOR;
import static dev.intermission.store.TestCatalog.MY_API;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.intermission.api.ContentType;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import dev.intermission.api.store.Deployment;
import dev.intermission.api.store.DeploymentStatus;
import dev.intermission.api.store.InForce;
import dev.intermission.api.store.SavedSettings;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** A store that the program before made, with schema version 1, is opened and goes on. */
abstract class UpgradeBehaviour {

  private static final String NUL_AND_SIGNS = "zur\u00fcck \u0000 \"um\" \\6\n\ud83d\ude00";
  private static final MaintenanceSettings IN_FORCE =
      new MaintenanceSettings(true, 503, ContentType.parse("text/plain"), NUL_AND_SIGNS);
  private static final MaintenanceSettings SAVED =
      new MaintenanceSettings(false, 429, ContentType.parse("text/plain"), "");

  private static final int OTHERS = 1100;

  private final StoreConfig config;

  UpgradeBehaviour(StoreConfig config) {
    this.config = config;
  }

  private JdbcStore open() {
    return JdbcStore.open(config, Clock.systemUTC());
  }

  private void execute(String sql, Object... parameters) throws SQLException {
    try (Connection connection = DriverManager.getConnection(config.jdbcUrl())) {
      Sql.update(connection, sql, parameters);
    }
  }

  private int count(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(config.jdbcUrl())) {
      return Sql.only(connection, sql, row -> row.getInt(1));
    }
  }

  /** As commit 9730d72 does it, which has the same file of SQL under another path. */
  void makeVersion1() throws SQLException {
    Flyway.configure()
        .dataSource(config.jdbcUrl(), null, null)
        .locations(Dialect.of(config).migrations())
        .target("1")
        .load()
        .migrate();
    execute("INSERT INTO project VALUES ('MyProject', TRUE)");
    execute("INSERT INTO environment VALUES ('production', TRUE, 3), ('staging', TRUE, 0)");
    proxies();
    deployment(1, true, MaintenanceSettings.DEFAULT);
    deployment(2, true, IN_FORCE);
    execute(
        "INSERT INTO deployment_status (environment, project, proxy, environment_version, deployed, revision, last_deploy_time, enabled, http_status_code, content_type, message) VALUES ('production', 'MyProject', 'MyAPI', 3, TRUE, 2, 20, ?, ?, ?, ?)",
        columns(IN_FORCE));
    execute(
        "INSERT INTO audit_entry (change_id, number, time, username, address, correlation_id, action, project, proxy, environment, revision, detail, settings_before, settings_after) VALUES ('c', 0, 20, 'admin', '', '', 'DEPLOYED', 'MyProject', 'MyAPI', 'production', 2, '', NULL, '{\"enabled\":true,\"httpStatusCode\":503,\"contentType\":\"text/plain\",\"message\":\"m\"}')");
    execute(
        "INSERT INTO node (environment, name, served_version, heartbeat, last_seen, address, software) VALUES ('production', 'gateway-1', 3, 1, 0, '', '')");
  }

  /** More than are converted at a time. */
  private void proxies() throws SQLException {
    String definition = Definition.write(TestCatalog.proxy(MY_API, "/api/v1"));
    try (Connection connection = DriverManager.getConnection(config.jdbcUrl())) {
      connection.setAutoCommit(false);
      Sql.batch(
          connection,
          "INSERT INTO api_proxy (project, name, present, definition, settings_version, last_revision, enabled, http_status_code, content_type, message) VALUES ('MyProject', ?, TRUE, ?, 7, 2, ?, ?, ?, ?)",
          IntStream.rangeClosed(0, OTHERS).boxed().toList(),
          i ->
              join(
                  new Object[] {i == 0 ? MY_API.name() : "other-" + i, definition},
                  columns(i == 0 ? SAVED : MaintenanceSettings.DEFAULT)));
      connection.commit();
    }
  }

  private void deployment(long revision, boolean deployed, MaintenanceSettings settings)
      throws SQLException {
    execute(
        "INSERT INTO deployment (project, proxy, revision, environment, environment_version, deployed, username, time, description, persistent, enabled, http_status_code, content_type, message) VALUES ('MyProject', 'MyAPI', ?, 'production', ?, ?, 'admin', 20, '', FALSE, ?, ?, ?, ?)",
        join(new Object[] {revision, revision, deployed}, columns(settings)));
  }

  private static Object[] columns(MaintenanceSettings settings) {
    return new Object[] {
      settings.enabled(),
      settings.httpStatusCode(),
      settings.contentType().value(),
      settings.message().getBytes(StandardCharsets.UTF_8)
    };
  }

  private static Object[] join(Object[] first, Object[] second) {
    return Stream.of(first, second).flatMap(Arrays::stream).toArray();
  }

  @Test
  void everySettingIsThereAfterwards() throws SQLException {
    makeVersion1();

    try (JdbcStore store = open()) {
      assertThat(store.settings().settings(MY_API)).contains(new SavedSettings(SAVED, 7));
      assertThat(store.settings().settings(new ProxyId("MyProject", "other-" + OTHERS)))
          .contains(new SavedSettings(MaintenanceSettings.DEFAULT, 7));
      assertThat(store.history().deployments(MY_API))
          .extracting(Deployment::settings)
          .containsExactly(IN_FORCE, MaintenanceSettings.DEFAULT);
      assertThat(store.settings().status(MY_API))
          .extracting(DeploymentStatus::redeployRequired, DeploymentStatus::settings)
          .containsExactly(tuple(true, IN_FORCE), tuple(false, null));
      assertThat(store.settings().changesSince("production", 0).deployed().get(0).settings())
          .isEqualTo(IN_FORCE);
      InForce inForce =
          store.settings().overviewSince(0).proxies().stream()
              .filter(proxy -> proxy.id().equals(MY_API))
              .map(proxy -> proxy.environments().get(0).inForce())
              .findFirst()
              .orElseThrow();
      assertThat(inForce.since()).isEqualTo(Instant.ofEpochMilli(20));
      assertThat(inForce.sinceBy()).isNull();
      assertThat(store.audit().entries(1).get(0).after())
          .isEqualTo(new MaintenanceSettings(true, 503, ContentType.parse("text/plain"), "m"));
      assertThat(store.nodes().nodes("production").get(0).report().format()).isEqualTo(1);
      assertThat(
              store.settings().update(MY_API, s -> IN_FORCE, List.of(), AUTHOR).saved().version())
          .isEqualTo(8);
      assertThat(store.settings().status(MY_API).get(0).redeployRequired()).isFalse();
    }
    assertThat(count("SELECT COUNT(*) FROM api_proxy WHERE settings = '{}'")).isEqualTo(OTHERS);
    assertThat(count("SELECT COUNT(*) FROM api_proxy WHERE settings = ''")).isZero();
    assertThat(
            count(
                "SELECT MAX(CAST(version AS INTEGER)) FROM intermission_schema_history WHERE success"))
        .isEqualTo(NewestSchema.VERSION);
  }

  @Test
  void itIsOpenedAgainAsUsual() throws SQLException {
    makeVersion1();
    open().close();

    try (JdbcStore store = open()) {
      assertThat(store.settings().settings(MY_API)).contains(new SavedSettings(SAVED, 7));
    }
    try (JdbcStore store = JdbcStore.openExisting(config, Clock.systemUTC())) {
      assertThat(store.settings().settings(MY_API)).contains(new SavedSettings(SAVED, 7));
    }
  }

  @Test
  void besideTheGatewayItIsNotChanged() throws SQLException {
    makeVersion1();

    assertThatThrownBy(() -> JdbcStore.openExisting(config, Clock.systemUTC()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(
            "has schema version 1, and this program needs " + NewestSchema.VERSION);
    assertThat(count("SELECT COUNT(*) FROM flyway_schema_history WHERE version = '1'"))
        .isEqualTo(1);
  }

  @Test
  void settingsThatCanNotBeConvertedAreNamedAndNothingIsChanged() throws SQLException {
    makeVersion1();
    execute("UPDATE api_proxy SET http_status_code = 204 WHERE name = 'other-7'");

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("[MyProject, other-7] in the table api_proxy")
        .hasMessageContaining("204");

    execute("UPDATE api_proxy SET http_status_code = 403 WHERE name = 'other-7'");
    try (JdbcStore store = open()) {
      assertThat(store.settings().settings(MY_API)).contains(new SavedSettings(SAVED, 7));
    }
  }

  @Test
  void aHostsUseOfFlywayIsLeftAlone() throws SQLException {
    Flyway.configure().dataSource(config.jdbcUrl(), null, null).load().baseline();

    assertThatThrownBy(this::open).isInstanceOf(StoreException.class);
    assertThat(count("SELECT COUNT(*) FROM flyway_schema_history")).isEqualTo(1);
  }
}
