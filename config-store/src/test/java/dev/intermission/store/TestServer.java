package dev.intermission.store;

import dev.intermission.postgres.LocalPostgres;
import dev.intermission.postgres.PostgresBinaries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** A real PostgreSQL that is there for as long as the tests need it. */
final class TestServer implements AutoCloseable {

  private final Path folder;
  final LocalPostgres postgres;

  TestServer(String... settings) throws IOException, SQLException {
    Path target = Path.of("target");
    // Not in the temporary folder of JUnit, which only its owner may enter.
    folder =
        Files.createDirectories(target.resolve("servers").resolve(UUID.randomUUID().toString()));
    postgres =
        LocalPostgres.start(
            PostgresBinaries.unpack(target.resolve("postgres")), folder, 0, settings);
    execute(
        postgres.url("postgres"),
        "CREATE DATABASE stores TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'tr-TR'");
  }

  /**
   * Makes an empty store: a schema in a database whose order of texts is not that of code points.
   */
  StoreConfig createStore() throws SQLException {
    String schema = "store_" + UUID.randomUUID().toString().replace("-", "");
    execute(url(), "CREATE SCHEMA " + schema);
    return new StoreConfig(url() + "&currentSchema=" + schema);
  }

  void dropStore(StoreConfig store) throws SQLException {
    execute(
        url(), "DROP SCHEMA " + store.jdbcUrl().replaceAll(".*currentSchema=", "") + " CASCADE");
  }

  private String url() {
    return postgres.url("stores");
  }

  static void execute(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static int count(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      return Sql.only(connection, sql, row -> row.getInt(1));
    }
  }

  @Override
  public void close() throws IOException {
    postgres.close();
    List<Path> deepestFirst;
    try (Stream<Path> paths = Files.walk(folder)) {
      deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.delete(path);
    }
  }
}
