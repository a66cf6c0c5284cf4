package dev.intermission.store;

import static dev.intermission.store.StoreBehaviour.CLOSE;
import static dev.intermission.store.StoreBehaviour.PRODUCTION;
import static dev.intermission.store.TestCatalog.AUTHOR;
import static dev.intermission.store.TestCatalog.MY_API;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.intermission.api.store.AccessToken;
import dev.intermission.api.store.AuditAction;
import dev.intermission.api.store.AuditEntry;
import dev.intermission.api.store.StoreUnavailableException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is particular to a store in one file. */
class SqliteFileTest {

  private final Path folder;
  private final Path file;
  private final StoreConfig config;

  SqliteFileTest(@TempDir Path folder) {
    this.folder = folder;
    file = folder.resolve("intermission.db");
    config = StoreConfig.inFolder(folder);
  }

  private JdbcStore open() {
    return JdbcStore.open(config, Clock.systemUTC());
  }

  private JdbcStore openExisting() {
    return JdbcStore.openExisting(config, Clock.systemUTC());
  }

  private void make() {
    try (JdbcStore store = open()) {
      store.settings().apply(TestCatalog.small(), AUTHOR);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(config.jdbcUrl());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void aCommitIsOnTheDiskWhenItReturns() throws SQLException {
    make();

    try (Connection connection =
            new SqliteDialect(config).writers().getDataSource().getConnection();
        Statement statement = connection.createStatement()) {
      assertThat(pragma(statement, "journal_mode")).isEqualTo("wal");
      assertThat(pragma(statement, "synchronous")).as("FULL").isEqualTo("2");
      assertThat(pragma(statement, "foreign_keys")).isEqualTo("1");
    }
  }

  @Test
  void whatANewerProgramDidIsReadFromTheAudit() throws SQLException {
    make();
    execute(
        "INSERT INTO audit_entry (change_id, number, time, username, address, correlation_id, action, detail) VALUES ('x', 0, 1, 'anna', 'a', 'c', 'API_PAINTED', 'blue')");
    execute(
        "INSERT INTO audit_entry (change_id, number, time, username, address, correlation_id, action, detail) VALUES ('x', 1, 2, 'anna', 'a', 'c', 'API_SUNG', '')");

    try (JdbcStore store = open()) {
      assertThat(store.audit().entries(3))
          .extracting(AuditEntry::action, AuditEntry::detail)
          .startsWith(
              tuple(AuditAction.UNKNOWN, "API_SUNG"),
              tuple(AuditAction.UNKNOWN, "API_PAINTED: blue"))
          .hasSize(3);
    }
  }

  private List<String> modes() throws IOException {
    List<String> modes = new ArrayList<>();
    for (String suffix : List.of("", "-wal", "-shm")) {
      Path beside = folder.resolve("intermission.db" + suffix);
      modes.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(beside)));
    }
    return modes;
  }

  @Test
  void theFilesAreForTheirOwnerWhateverTheFolderAndWhatWasThereBefore() throws IOException {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"), "POSIX");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (JdbcStore store = open()) {
      store.settings().apply(TestCatalog.small(), AUTHOR);
      assertThat(modes()).containsOnly("rw-------");
      // As a program would leave them that did not care; one that is killed leaves all three.
      for (String suffix : List.of("", "-wal", "-shm")) {
        Files.setPosixFilePermissions(
            folder.resolve("intermission.db" + suffix),
            PosixFilePermissions.fromString("rw-r--r--"));
      }
      try (JdbcStore again = open()) {
        assertThat(again.settings().proxy(MY_API)).isPresent();
        assertThat(modes()).containsOnly("rw-------");
      }
    }
  }

  private static String pragma(Statement statement, String name) throws SQLException {
    try (ResultSet row = statement.executeQuery("PRAGMA " + name)) {
      return row.getString(1);
    }
  }

  @Test
  void aTokenMadeBesideARunningGatewayIsKnownToIt() {
    try (JdbcStore gateway = open()) {
      gateway.settings().apply(TestCatalog.small(), AUTHOR);
      AccessToken token =
          new AccessToken("t", "operator", "aa", Instant.ofEpochMilli(1), null, null);

      try (JdbcStore commandLine = openExisting()) {
        commandLine.tokens().save(token);
      }

      assertThat(gateway.tokens().tokenByHash("aa")).contains(token);
    }
  }

  @Test
  void openExistingMakesNoStore() {
    assertThatThrownBy(this::openExisting)
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("There is no store at " + file + " yet.");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void openExistingDoesNotMigrate() throws IOException {
    Files.createFile(file);

    assertThatThrownBy(this::openExisting)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(
            "has schema version 0, and this program needs " + NewestSchema.VERSION);
    assertThat(file).isEmptyFile();
  }

  @Test
  void aNewerSchemaIsRefused() throws SQLException {
    make();
    execute(
        "INSERT INTO intermission_schema_history SELECT 99, '99', 'later', type, 'V99__later.sql', 7, installed_by, installed_on, 1, 1 FROM intermission_schema_history WHERE version = '1'");

    String message =
        "The store %s has schema version 99, and this program knows versions up to %d. Start the newer version of Intermission that made it, or give another store."
            .formatted(file, NewestSchema.VERSION);
    assertThatThrownBy(this::open).isInstanceOf(StoreException.class).hasMessage(message);
    assertThatThrownBy(this::openExisting).isInstanceOf(StoreException.class).hasMessage(message);
  }

  @Test
  void anotherProgramsDatabaseIsRefused() throws SQLException {
    execute("CREATE TABLE theirs (a)");

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("The store " + file + " can't be used: ");
  }

  @Test
  void aFileThatIsNoDatabaseIsRefused() throws IOException {
    Files.writeString(file, "not a database, but long enough to have a header".repeat(50));

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("The store " + file + " can't be used: ")
        .hasMessageContaining("undamaged");
    assertThatThrownBy(this::openExisting).isInstanceOf(StoreException.class);
    assertThat(file).content().startsWith("not a database");
  }

  @Test
  void aDamagedHeaderIsRefused() throws IOException {
    make();
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(4);
      bytes.write("XXXXXXXXXXXXXXXXXXXXXXXX".getBytes(StandardCharsets.US_ASCII));
    }

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("The store " + file + " can't be used: ");
  }

  @Test
  void aFileThatIsGoneIsAnOutageAndNothingIsPutInItsPlace() throws IOException {
    make();
    try (JdbcStore store = open()) {
      store.settings().version("production");
      Path elsewhere = folder.resolve("elsewhere");
      Files.move(file, elsewhere);

      assertThatThrownBy(() -> store.settings().update(MY_API, CLOSE, List.of(), AUTHOR))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("the file " + file + " is gone");
      assertThatThrownBy(() -> store.settings().settings(MY_API))
          .isInstanceOf(StoreUnavailableException.class);
      assertThat(file).doesNotExist();

      Files.move(elsewhere, file);
      assertThat(store.settings().settings(MY_API).orElseThrow().version()).isEqualTo(1);
      assertThat(store.settings().update(MY_API, CLOSE, List.of(), AUTHOR).saved().version())
          .isEqualTo(2);
    }
  }

  @Test
  void aFileThatWasReplacedIsAnOutage() throws IOException {
    make();
    try (JdbcStore store = open()) {
      store.settings().version("production");
      Files.copy(file, folder.resolve("copy"));
      Files.move(file, folder.resolve("elsewhere"));
      Files.move(folder.resolve("copy"), file);

      assertThatThrownBy(() -> store.settings().update(MY_API, CLOSE, List.of(), AUTHOR))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("was replaced");
    }
  }

  @Test
  void aLockHeldTooLongIsAnOutage() throws SQLException {
    make();
    try (JdbcStore store = open();
        Connection other = DriverManager.getConnection(config.jdbcUrl());
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");

      assertThatThrownBy(() -> store.settings().update(MY_API, CLOSE, List.of(PRODUCTION), AUTHOR))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageStartingWith("Could not save the settings of MyProject/MyAPI (" + file + ")");
      assertThat(store.settings().settings(MY_API).orElseThrow().version()).isEqualTo(1);

      statement.execute("ROLLBACK");
      assertThat(
              store
                  .settings()
                  .update(MY_API, CLOSE, List.of(PRODUCTION), AUTHOR)
                  .deployments()
                  .get(0)
                  .revision())
          .isEqualTo(2);
    }
  }

  @Test
  void aFaultOfTheProgramIsNoOutage() throws SQLException {
    make();
    try (JdbcStore store = open()) {
      execute("ALTER TABLE token RENAME TO gone");

      assertThatThrownBy(() -> store.tokens().tokens())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("no such table");

      execute("ALTER TABLE gone RENAME TO token");
      AccessToken token = new AccessToken("t1", "admin", "aa", Instant.EPOCH, null, null);
      store.tokens().save(token);
      assertThatThrownBy(
              () ->
                  store
                      .tokens()
                      .save(new AccessToken("t2", "admin", "aa", Instant.EPOCH, null, null)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("UNIQUE");
      assertThat(store.tokens().tokens()).containsExactly(token);
    }
  }

  @Test
  void aClosedStoreIsUnavailable() {
    JdbcStore store = open();
    store.close();

    assertThatThrownBy(store.settings()::environments)
        .isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  void onlyUrlsOfPlainFilesAreTaken() {
    for (String url :
        List.of(
            "jdbc:sqlite:",
            "jdbc:sqlite::memory:",
            "jdbc:sqlite:file:x?mode=memory",
            "jdbc:sqlite:x.db?journal_mode=OFF")) {
      assertThatThrownBy(() -> JdbcStore.open(new StoreConfig(url), Clock.systemUTC()))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("'" + url + "'");
    }
  }

  @Test
  void anotherDatabaseIsRefusedWithoutSayingItsPassword() {
    assertThatThrownBy(
            () ->
                JdbcStore.open(
                    new StoreConfig("jdbc:mysql://me:secret@localhost/x?password=secret"),
                    Clock.systemUTC()))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "The database URL that starts with 'jdbc:mysql:' is not supported; allowed are URLs that start with jdbc:sqlite: or jdbc:postgresql:");
  }

  @Test
  void aFolderWithSpacesAndSignsIsTaken() throws IOException {
    Path odd = Files.createDirectories(folder.resolve("a b#c%20;ü"));

    try (JdbcStore store = JdbcStore.open(StoreConfig.inFolder(odd), Clock.systemUTC())) {
      store.settings().apply(TestCatalog.small(), AUTHOR);
    }
    assertThat(odd.resolve("intermission.db")).isNotEmptyFile();
  }
}
