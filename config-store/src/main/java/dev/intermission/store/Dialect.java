package dev.intermission.store;

import com.zaxxer.hikari.HikariConfig;
import java.sql.SQLException;
import javax.sql.DataSource;

/** What differs between the databases. */
interface Dialect {

  /**
   * Returns the dialect of the configured database.
   *
   * @throws StoreException if there is none for its URL
   */
  static Dialect of(StoreConfig config) {
    if (config.jdbcUrl().startsWith(SqliteDialect.URL_PREFIX)) {
      return new SqliteDialect(config);
    }
    // Not the whole URL, which may hold a password.
    throw new StoreException(
        "The database URL that starts with '%s' is not supported; allowed are URLs that start with %s"
            .formatted(config.jdbcUrl().split("[/?@]", 2)[0], SqliteDialect.URL_PREFIX));
  }

  /** Returns where the store is, for messages. */
  String location();

  /** Returns where the migrations are on the class path. */
  String migrations();

  /** Returns whether there is a database to connect to. */
  boolean exists();

  /** Returns connections that make the database where there is none yet. */
  DataSource creating();

  /** Returns connections to a database that is there. */
  DataSource existing();

  /** Returns how to connect for a transaction that may write; it has the lock that it needs. */
  HikariConfig writers();

  /** Returns how to connect for a transaction that only reads, all of it from one point in time. */
  HikariConfig readers();

  /**
   * Checks what the driver would not notice, before each transaction.
   *
   * @throws SQLException if the database that is connected to is not the store any more
   */
  void requireInPlace() throws SQLException;

  /** Returns whether the failure comes from the database's surroundings, not from the program. */
  boolean isOutage(SQLException failure);
}
