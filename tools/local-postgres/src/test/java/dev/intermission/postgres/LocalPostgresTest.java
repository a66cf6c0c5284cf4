package dev.intermission.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPostgresTest {

  private final Path folder;
  private final PostgresBinaries binaries;

  LocalPostgresTest(@TempDir(factory = InTarget.class) Path folder) throws IOException {
    this.folder = folder.resolve("server");
    binaries = PostgresBinaries.unpack(Path.of("target", "postgres"));
  }

  private LocalPostgres start() throws IOException {
    return LocalPostgres.start(binaries, folder, 0);
  }

  private static String execute(LocalPostgres postgres, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(postgres.url("postgres") + "&socketTimeout=2");
        Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return "";
      }
      try (ResultSet rows = statement.getResultSet()) {
        rows.next();
        return rows.getString(1);
      }
    }
  }

  @Test
  void whatWasCommittedIsThereAfterStopAndKill() throws Exception {
    try (LocalPostgres postgres = start()) {
      execute(postgres, "CREATE TABLE kept (a INTEGER)");
      execute(postgres, "INSERT INTO kept VALUES (41)");
      postgres.stop();
      assertThatThrownBy(() -> execute(postgres, "SELECT 1")).isInstanceOf(SQLException.class);
      postgres.start();
      execute(postgres, "UPDATE kept SET a = a + 1");
      postgres.kill();
      assertThatThrownBy(() -> execute(postgres, "SELECT 1")).isInstanceOf(SQLException.class);
      postgres.start();
      assertThat(execute(postgres, "SELECT a FROM kept")).isEqualTo("42");
    }
    try (LocalPostgres again = start()) {
      assertThat(execute(again, "SELECT a FROM kept")).isEqualTo("42");
    }
  }

  @Test
  void aPausedServerGivesNoAnswerUntilItGoesOn() throws Exception {
    try (LocalPostgres postgres = start();
        Connection connection =
            DriverManager.getConnection(postgres.url("postgres") + "&socketTimeout=1");
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
      postgres.pause();
      assertThatThrownBy(() -> statement.execute("SELECT 1")).isInstanceOf(SQLException.class);
      postgres.resume();
      assertThat(execute(postgres, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void settingsAreTakenAndWrongOnesNamed() throws Exception {
    try (LocalPostgres postgres = LocalPostgres.start(binaries, folder, 0, "fsync=off")) {
      assertThat(execute(postgres, "SHOW fsync")).isEqualTo("off");
    }
    assertThatThrownBy(() -> LocalPostgres.start(binaries, folder, 0, "no_such_setting=1"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no_such_setting");
  }

  @Test
  void aPasswordIsNeeded() throws Exception {
    try (LocalPostgres postgres = start()) {
      String url = postgres.url("postgres");
      assertThatThrownBy(
              () -> DriverManager.getConnection(url.substring(0, url.indexOf("password=")) + "x"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password");
    }
  }

  @Test
  void aServerLeftRunningInTheFolderGivesWay() throws Exception {
    try (LocalPostgres left = start();
        LocalPostgres next = start()) {
      assertThat(execute(next, "SELECT 1")).isEqualTo("1");
      assertThatThrownBy(() -> execute(left, "SELECT 1")).isInstanceOf(SQLException.class);
    }
  }

  @Test
  void rootsServerRunsAsNobodyAlsoWhereOnlyRootMayEnter() throws Exception {
    assumeTrue(new UnixSystem().getUid() == 0, "needs to be root");
    Path secret =
        Files.createDirectory(
            folder.resolveSibling("secret"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path data;
    try (LocalPostgres postgres = LocalPostgres.start(binaries, secret.resolve("server"), 0)) {
      data = Path.of(execute(postgres, "SHOW data_directory"));
      assertThat(data).startsWith(Path.of(System.getProperty("java.io.tmpdir")));
      assertThat(Files.getOwner(data).getName()).isEqualTo("nobody");
    }
    PostgresBinaries.remove(data.resolveSibling(""));
  }
}
