package dev.intermission.store;

import com.zaxxer.hikari.HikariConfig;
import dev.intermission.api.SnapshotFeed.Subscription;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** The differences between the supported databases. */
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
    if (config.jdbcUrl().startsWith(PostgresDialect.URL_PREFIX)) {
      return new PostgresDialect(config);
    }
    // The message does not show the whole URL, which may hold a password.
    throw new StoreException(
        String.format(
            Locale.ROOT,
            "The database URL %s is not supported; allowed are URLs that start with %s or %s",
            config.scheme().isEmpty()
                ? "without jdbc: at its start"
                : "that starts with '" + config.scheme() + "'",
            SqliteDialect.URL_PREFIX,
            PostgresDialect.URL_PREFIX));
  }

  /** Returns the location of the store for messages, without a password. */
  String location();

  /** Returns what an operator should check when the store can't be used. */
  String advice();

  /** Returns the location of the migrations on the class path. */
  String migrations();

  /** Returns whether there is a database to connect to. */
  boolean exists();

  /**
   * Makes the database's files readable for their owner only, and creates them if necessary.
   *
   * @throws StoreException if that fails
   */
  void secure();

  /** Returns a source of connections that creates the database if it does not exist. */
  DataSource creating();

  /** Returns a source of connections to an existing database. */
  DataSource existing();

  /**
   * Checks the properties of the database that can't be changed later.
   *
   * @throws StoreException if the database can't hold a store
   */
  void requireSuitable(Connection connection) throws SQLException;

  /** Returns how to connect for a transaction that may write. */
  HikariConfig writers();

  /** Returns how to connect for a transaction that only reads, all of it from one point in time. */
  HikariConfig readers();

  /**
   * Does what must come first in each transaction.
   *
   * @param connection one of {@link #writers} or {@link #readers}, in the transaction
   */
  void begin(Connection connection) throws SQLException;

  /**
   * Checks, before each transaction, what the driver would not notice.
   *
   * @throws SQLException if the connected database is no longer the store
   */
  void requireInPlace() throws SQLException;

  /** Returns what to put after a query for rows that no other transaction may change meanwhile. */
  String rowLock();

  /** Returns the expression for milliseconds since 1970 by the clock of the database. */
  String now();

  /** Waits until no other transaction writes, and blocks other writers until this one ends. */
  void lockCatalog(Connection connection) throws SQLException;

  /** Renames Flyway's history table, and the indexes that have its name as a part of theirs. */
  void renameHistory(Connection connection, String from, String to) throws SQLException;

  /** Returns whether a failure to open the store may be temporary. */
  boolean isUnreachable(SQLException failure);

  /** Returns whether the failure comes from the database's surroundings, not from the program. */
  boolean isOutage(SQLException failure);

  /** Returns whether a commit that failed so may have taken place. */
  boolean leavesCommitUnknown(SQLException failure);

  /** Calls the consumer with each environment that another process changed, or may have changed. */
  Subscription watch(Consumer<String> changed);
}
