package dev.intermission.store;

import dev.intermission.api.store.StoreUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jspecify.annotations.Nullable;

/** The version of the tables: upgrades older tables, and refuses newer ones. */
final class Schema {

  /** The SQLSTATE of PostgreSQL. */
  private static final String UNDEFINED_TABLE = "42P01";

  private final Dialect dialect;
  private final DataSource source;

  Schema(Dialect dialect, DataSource source) {
    this.dialect = dialect;
    this.source = source;
  }

  private Flyway flyway(String table) {
    return Flyway.configure(Schema.class.getClassLoader())
        .dataSource(source)
        .table(table)
        .locations(dialect.migrations())
        .javaMigrations(new SettingsAsJson())
        .failOnMissingLocations(true)
        // No migration is ignored, not even one of a newer version.
        .ignoreMigrationPatterns(new String[0])
        .loggers("slf4j")
        .load();
  }

  /**
   * Creates the tables, or upgrades them.
   *
   * @throws StoreException if they belong to a newer version of this program, or can't be written
   * @throws StoreUnavailableException if the database can't be reached now
   */
  void migrate() {
    boolean older =
        readHistory(
            connection -> {
              dialect.requireSuitable(connection);
              return SchemaHistory.isOlder(connection);
            });
    if (older) {
      inTransaction(
          connection -> {
            SchemaHistory.takeOver(connection, dialect);
            return true;
          });
    }
    Flyway flyway = flyway(SchemaHistory.TABLE);
    run(flyway, flyway::migrate);
  }

  /**
   * Changes nothing.
   *
   * @throws StoreException if the version of the tables is not exactly the one of this program
   * @throws StoreUnavailableException if the database can't be reached now
   */
  void requireCurrent() {
    String table =
        readHistory(
            connection -> {
              dialect.requireSuitable(connection);
              return SchemaHistory.tableIn(connection);
            });
    Flyway flyway = flyway(table);
    run(flyway, flyway::validate);
  }

  /**
   * Does it again if the history's table was gone between two queries: another process may rename
   * it meanwhile, and does so once.
   */
  private <T> T readHistory(Database.Work<T> work) {
    try {
      return inTransaction(work);
    } catch (StoreException e) {
      if (failure(e).filter(cause -> UNDEFINED_TABLE.equals(cause.getSQLState())).isPresent()) {
        return inTransaction(work);
      }
      throw e;
    }
  }

  private <T> T inTransaction(Database.Work<T> work) {
    try (Connection connection = source.getConnection()) {
      // It is closed in any case.
      return Database.inTransaction(connection, work, abandoned -> {});
    } catch (SQLException e) {
      throw unusable(e);
    }
  }

  private void run(Flyway flyway, Runnable command) {
    try {
      command.run();
    } catch (FlywayValidateException e) {
      throw mismatch(flyway).orElseGet(() -> unusable(e));
    } catch (FlywayException e) {
      throw unusable(e);
    }
  }

  /** Returns what is wrong if the tables have another version. */
  private Optional<RuntimeException> mismatch(Flyway flyway) {
    MigrationInfoService info = flyway.info();
    if (Arrays.stream(info.all()).anyMatch(migration -> !migration.getState().isResolved())) {
      return Optional.of(
          new StoreException(
              String.format(
                  Locale.ROOT,
                  "The store %s has schema version %s, and this program knows versions up to %s. Start the newer version of Intermission that made it, or give another store.",
                  dialect.location(),
                  current(info),
                  newest(info))));
    }
    if (info.pending().length > 0) {
      return Optional.of(
          new StoreException(
              String.format(
                  Locale.ROOT,
                  "The store %s has schema version %s, and this program needs %s. Start the gateway of this program once, which brings it up to date.",
                  dialect.location(),
                  current(info),
                  newest(info))));
    }
    return Optional.empty();
  }

  private static String current(MigrationInfoService info) {
    MigrationInfo current = info.current();
    return current == null ? "0" : current.getVersion().toString();
  }

  private static String newest(MigrationInfoService info) {
    return Arrays.stream(info.all())
        .filter(migration -> migration.getState().isResolved())
        .reduce((older, newer) -> newer)
        .map(migration -> migration.getVersion().toString())
        .orElse("0");
  }

  private RuntimeException unusable(Exception e) {
    Throwable root = e;
    // A message of our own says more than what it came from.
    while (root.getCause() != null && !(root instanceof StoreException)) {
      root = root.getCause();
    }
    Optional<SQLException> failure = failure(e);
    if (failure.filter(dialect::isUnreachable).isPresent()) {
      return new StoreUnavailableException(
          "The store " + dialect.location() + " can't be reached: " + root.getMessage(), e);
    }
    return new StoreException(
        String.format(
            Locale.ROOT,
            "The store %s can't be used: %s. %s",
            dialect.location(),
            root.getMessage(),
            dialect.advice()),
        e);
  }

  private static Optional<SQLException> failure(Throwable e) {
    return Stream.<@Nullable Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast)
        .findFirst();
  }
}
