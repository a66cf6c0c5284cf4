package dev.intermission.store;

import static dev.intermission.store.StoreBehaviour.CLOSE;
import static dev.intermission.store.StoreBehaviour.PRODUCTION;
import static dev.intermission.store.TestCatalog.AUTHOR;
import static dev.intermission.store.TestCatalog.MY_API;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariDataSource;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.store.AccessToken;
import dev.intermission.api.store.SavedSettings;
import dev.intermission.api.store.StoreUnavailableException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is particular to a store on a server. */
@ExtendWith(SharedPostgres.class)
class PostgresServerTest {

  private final StoreConfig config;
  private final String location;

  PostgresServerTest(StoreConfig config) {
    this.config = config;
    location = config.jdbcUrl().replaceFirst("\\?.*", "");
  }

  private static JdbcStore open(StoreConfig config) {
    return JdbcStore.open(config, Clock.systemUTC());
  }

  private void make() {
    try (JdbcStore store = open(config)) {
      store.settings().apply(TestCatalog.small(), AUTHOR);
    }
  }

  private void execute(String sql) throws SQLException {
    TestServer.execute(config.jdbcUrl(), sql);
  }

  /** Returns the store with one parameter of its URL replaced. */
  private StoreConfig with(String parameter, String value) {
    return new StoreConfig(
        config.jdbcUrl().replaceFirst(parameter + "=[^&]*", parameter + "=" + value));
  }

  private StoreConfig withDatabase(String name) {
    return new StoreConfig(config.jdbcUrl().replace("/stores?", "/" + name + "?"));
  }

  private String password() {
    Matcher found = Pattern.compile("password=([^&]*)").matcher(config.jdbcUrl());
    assertThat(found.find()).isTrue();
    return found.group(1);
  }

  @Test
  void transactionsWaitForNothingEndlesslyAndCommitToTheDisk() throws SQLException {
    execute("ALTER ROLE intermission SET synchronous_commit = off");
    PostgresDialect dialect = new PostgresDialect(config);
    try (HikariDataSource writers = new HikariDataSource(dialect.writers());
        Connection connection = writers.getConnection()) {
      connection.setAutoCommit(false);
      dialect.begin(connection);
      Map.of(
              "synchronous_commit", "on",
              "transaction_isolation", "read committed",
              "lock_timeout", "5s",
              "statement_timeout", "8s",
              "idle_in_transaction_session_timeout", "10s",
              "application_name", "intermission")
          .forEach(
              (setting, value) ->
                  assertThat(show(connection, setting)).as(setting).isEqualTo(value));
      assertThat(connection.getNetworkTimeout()).isEqualTo(10_000);
      assertThat(connection.getMetaData().getURL()).doesNotContain(password());
    } finally {
      execute("ALTER ROLE intermission RESET synchronous_commit");
    }
    try (HikariDataSource readers = new HikariDataSource(dialect.readers());
        Connection connection = readers.getConnection()) {
      connection.setAutoCommit(false);
      dialect.begin(connection);
      assertThat(show(connection, "transaction_isolation")).isEqualTo("repeatable read");
      assertThat(show(connection, "transaction_read_only")).isEqualTo("on");
      assertThat(show(connection, "statement_timeout")).isEqualTo("8s");
    }
  }

  private static String show(Connection connection, String setting) {
    try {
      return Sql.only(connection, "SHOW " + setting, row -> row.getString(1));
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void userAndPasswordMayComeBesideTheUrl() {
    StoreConfig apart =
        new StoreConfig(
            config.jdbcUrl().replaceFirst("user=[^&]*&password=[^&]*&", ""),
            "intermission",
            password(),
            Retention.DEFAULT);

    try (JdbcStore store = open(apart)) {
      assertThat(store.settings().environments()).isEmpty();
    }
    assertThat(apart).asString().isEqualTo("StoreConfig[jdbc:postgresql:...]");
  }

  @Test
  void openExistingDoesNotMigrate() {
    assertThatThrownBy(() -> JdbcStore.openExisting(config, Clock.systemUTC()))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith(
            "The store "
                + location
                + " has schema version 0, and this program needs "
                + NewestSchema.VERSION
                + ".");

    make();
    try (JdbcStore store = JdbcStore.openExisting(config, Clock.systemUTC())) {
      assertThat(store.settings().proxy(MY_API)).isPresent();
    }
  }

  @Test
  void aNewerSchemaIsRefused() throws SQLException {
    make();
    execute(
        "INSERT INTO intermission_schema_history SELECT 99, '99', 'later', type, 'V99__later.sql', 7, installed_by, installed_on, 1, TRUE FROM intermission_schema_history WHERE version = '1'");

    assertThatThrownBy(() -> open(config))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "The store %s has schema version 99, and this program knows versions up to %d. Start the newer version of Intermission that made it, or give another store.",
            location, NewestSchema.VERSION);
  }

  @Test
  void anotherProgramsTablesAreRefused() throws SQLException {
    execute("CREATE TABLE theirs (a INTEGER)");

    assertThatThrownBy(() -> open(config))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("The store " + location + " can't be used: ");
  }

  @Test
  void aChangedMigrationIsRefused() throws SQLException {
    make();
    execute("UPDATE intermission_schema_history SET checksum = checksum + 1 WHERE version = '1'");

    assertThatThrownBy(() -> open(config))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("can't be used");
  }

  @Test
  void anEncodingThatLacksCharactersIsRefused() throws SQLException {
    execute(
        "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C'");

    assertThatThrownBy(() -> open(withDatabase("latin")))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "The database %s has the encoding LATIN1, which can't hold each text. Make one with ENCODING 'UTF8'.",
            location.replace("/stores", "/latin"));
  }

  @Test
  void whatAnOperatorMustMendIsRefused() {
    assertThatThrownBy(() -> open(with("password", "wrong")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("password authentication failed for user \"intermission\"")
        .hasMessageContaining("Check the database's address and name, its user and password");
    assertThatThrownBy(() -> open(withDatabase("nowhere")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("database \"nowhere\" does not exist");
  }

  @Test
  void aServerThatIsNotThereYetIsUnavailable() {
    StoreConfig nobody =
        new StoreConfig(config.jdbcUrl().replaceFirst("127.0.0.1:[0-9]+", "127.0.0.1:1"));

    assertThatThrownBy(() -> open(nobody))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageStartingWith(
            "The store jdbc:postgresql://127.0.0.1:1/stores can't be reached: ");
    assertThatThrownBy(() -> JdbcStore.openExisting(nobody, Clock.systemUTC()))
        .isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  void noFailureSaysThePassword() {
    for (String url :
        List.of(
            "jdbc:postgresql://me:secret@localhost/x",
            "jdbc:postgresql://localhost/x/y?password=secret",
            "jdbc:postgresql://localhost?password=secret",
            "jdbc:postgresql://localhost:port/x?password=secret",
            "jdbc:postgresql://localhost/x?password=secret%",
            "jdbc:postgresql://localhost/x&password=secret",
            "jdbc:postgresql://localhost/x;password=secret",
            "jdbc:sqlite:x?password=secret",
            "jdbc:secret:x",
            "secret",
            "postgres://me:secret@localhost/x",
            "jdbc:postgresql://127.0.0.1:1/x?user=me&password=secret",
            with("password", "secret").jdbcUrl())) {
      StringWriter stack = new StringWriter();
      Throwable failure = catchThrowable(() -> open(new StoreConfig(url)));
      failure.printStackTrace(new PrintWriter(stack));

      assertThat(stack.toString()).as(url).contains("Exception").doesNotContain("secret");
    }
  }

  @Test
  void aFaultOfTheProgramIsNoOutage() throws SQLException {
    make();
    try (JdbcStore store = open(config)) {
      execute("ALTER TABLE token RENAME TO gone");

      assertThatThrownBy(() -> store.tokens().tokens())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("\"token\" does not exist");

      execute("ALTER TABLE gone RENAME TO token");
      AccessToken token = new AccessToken("t1", "admin", "aa", Instant.EPOCH, null, null);
      store.tokens().save(token);
      assertThatThrownBy(
              () ->
                  store
                      .tokens()
                      .save(new AccessToken("t2", "admin", "aa", Instant.EPOCH, null, null)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("unique constraint");
      assertThat(store.tokens().tokens()).containsExactly(token);
    }
  }

  @Test
  void aClosedStoreIsUnavailable() {
    JdbcStore store = open(config);
    store.close();

    assertThatThrownBy(store.settings()::environments)
        .isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  void aLockHeldTooLongIsAnOutageThatSavesNothing() {
    make();
    try (JdbcStore store = open(config)) {
      store
          .settings()
          .update(
              MY_API,
              saved -> {
                // The row is locked here, and this other transaction wants it.
                assertThatThrownBy(
                        () -> store.settings().update(MY_API, CLOSE, List.of(PRODUCTION), AUTHOR))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("lock timeout");
                return saved.settings();
              },
              List.of(),
              AUTHOR);
      assertThat(store.settings().settings(MY_API))
          .contains(new SavedSettings(MaintenanceSettings.DEFAULT, 1));
    }
  }

  /** Terminated in the middle of a transaction, the connection can't be rolled back either. */
  @Test
  void aFailedRollbackIsKeptWithTheFailure() {
    make();
    try (JdbcStore store = open(config)) {
      Throwable failure =
          catchThrowable(
              () ->
                  store
                      .settings()
                      .update(
                          MY_API,
                          saved -> {
                            terminateOthers();
                            return StoreBehaviour.CLOSED;
                          },
                          List.of(),
                          AUTHOR));

      assertThat(failure).isInstanceOf(StoreUnavailableException.class);
      assertThat(failure)
          .cause()
          .isInstanceOfSatisfying(
              SQLException.class, cause -> assertThat(cause.getSuppressed()).isNotEmpty());
      assertThat(store.settings().update(MY_API, CLOSE, List.of(), AUTHOR).saved().version())
          .isEqualTo(2);
    }
  }

  private void terminateOthers() {
    try {
      execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND state LIKE 'idle in transaction%' AND application_name = 'intermission'");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void severalAdminNodesMayStartAtOnce() {
    List<CompletableFuture<Void>> nodes =
        Stream.generate(
                () -> CompletableFuture.runAsync(this::make, task -> new Thread(task).start()))
            .limit(4)
            .toList();
    nodes.forEach(CompletableFuture::join);

    try (JdbcStore store = open(config)) {
      assertThat(store.settings().version("production")).isEqualTo(1);
      assertThat(store.history().deployments(MY_API)).hasSize(1);
      assertThat(store.audit().entries(10)).hasSize(4);
    }
  }
}
