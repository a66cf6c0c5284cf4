package dev.intermission.store;

import java.util.Arrays;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;

/** The tables' version: brings older ones up to date, and refuses newer ones. */
final class Schema {

  private final Dialect dialect;
  private final Flyway flyway;

  Schema(Dialect dialect, DataSource source) {
    this.dialect = dialect;
    flyway =
        Flyway.configure(Schema.class.getClassLoader())
            .dataSource(source)
            .locations(dialect.migrations())
            .failOnMissingLocations(true)
            .loggers("slf4j")
            .load();
  }

  /**
   * Makes the tables, or brings them up to date.
   *
   * @throws StoreException if they are of a newer program, or can't be written
   */
  void migrate() {
    try {
      refuseNewer(flyway.info());
      flyway.migrate();
    } catch (FlywayException e) {
      throw unusable(e);
    }
  }

  /**
   * Changes nothing.
   *
   * @throws StoreException if the tables are not exactly this program's
   */
  void requireCurrent() {
    try {
      MigrationInfoService info = flyway.info();
      refuseNewer(info);
      if (info.pending().length > 0) {
        throw new StoreException(
            "The store %s has schema version %s, and this program needs %s. Start the gateway of this program once, which brings it up to date."
                .formatted(dialect.location(), current(info), newest(info)));
      }
      flyway.validate();
    } catch (FlywayException e) {
      throw unusable(e);
    }
  }

  private void refuseNewer(MigrationInfoService info) {
    if (Arrays.stream(info.all()).anyMatch(migration -> !migration.getState().isResolved())) {
      throw new StoreException(
          "The store %s has schema version %s, and this program knows versions up to %s. Start the newer version of Intermission that made it, or give another store."
              .formatted(dialect.location(), current(info), newest(info)));
    }
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

  private StoreException unusable(FlywayException e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new StoreException(
        "The store %s can't be used: %s. Check that it is a store of Intermission, that it is undamaged, and that this user may write it and its folder."
            .formatted(dialect.location(), root.getMessage()),
        e);
  }
}
