package dev.intermission.store;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.intermission.api.store.StoreUnavailableException;
import dev.intermission.api.store.UnknownOutcomeException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs transactions, and decides what a failed one means: a {@link StoreUnavailableException} if
 * the database can't be reached or can't write, an {@link IllegalStateException} if this program
 * has an error. Thread-safe.
 */
final class Database implements AutoCloseable, Transactions {

  /** The work of a transaction; if it throws, the transaction is rolled back. */
  @FunctionalInterface
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /** How long a caller waits for the answer whether a commit took place. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Dialect dialect;
  private final HikariDataSource readers;
  private final HikariDataSource writers;
  private final StoreObserver observer;

  private Database(
      Dialect dialect, HikariDataSource readers, HikariDataSource writers, StoreObserver observer) {
    this.dialect = dialect;
    this.observer = observer;
    this.readers = readers;
    this.writers = writers;
  }

  /**
   * Connects to the database.
   *
   * @throws StoreException if that fails
   * @throws StoreUnavailableException if the database can't be reached now
   */
  static Database connect(Dialect dialect, StoreObserver observer) {
    List<HikariDataSource> pools = new ArrayList<>();
    try {
      pools.add(new HikariDataSource(dialect.readers()));
      pools.add(new HikariDataSource(dialect.writers()));
      return new Database(dialect, pools.get(0), pools.get(1), observer);
    } catch (PoolInitializationException e) {
      pools.forEach(HikariDataSource::close);
      String message =
          "Could not connect to the store " + dialect.location() + ": " + e.getMessage();
      throw e.getCause() instanceof SQLException failure && dialect.isUnreachable(failure)
          ? new StoreUnavailableException(message, e)
          : new StoreException(message, e);
    }
  }

  /** Returns what to put after a query for rows that this transaction alone may change. */
  String rowLock() {
    return dialect.rowLock();
  }

  /** Returns the expression for milliseconds since 1970 by the clock of the database. */
  String now() {
    return dialect.now();
  }

  /** Makes the transaction the only one that writes. */
  void lockCatalog(Connection connection) throws SQLException {
    dialect.lockCatalog(connection);
  }

  /** Reads from one point in time, without waiting for writers. */
  <T> T read(String what, Work<T> work) {
    return run(readers, "read " + what, work);
  }

  /**
   * Commits all changes of the work or none; if it throws an {@code SQLException}, the commit may
   * still have taken place.
   */
  <T> T write(String what, Work<T> work) {
    return run(writers, what, work);
  }

  /**
   * Changes all that the work changes, or nothing.
   *
   * @throws UnknownOutcomeException if it can't be found out whether the changes were committed
   */
  @Override
  public <T> T write(String what, Change change, Work<T> work) {
    List<T> done = new ArrayList<>();
    try {
      return run(
          writers,
          what,
          connection -> {
            T result = work.on(connection);
            done.add(result);
            return result;
          });
    } catch (StoreUnavailableException e) {
      boolean lost =
          !done.isEmpty()
              && e.getCause() instanceof SQLException failure
              && dialect.leavesCommitUnknown(failure);
      if (lost && new LostCommit(dialect, writers, PATIENCE).tookPlace(change, e)) {
        return done.get(0);
      }
      throw e;
    }
  }

  /**
   * Does the work as {@link #write} would, and rolls it back. Nobody else sees anything of it, and
   * writers wait for it as for any other writer.
   */
  <T> T takeBack(String what, Work<T> work) {
    return run(
        writers,
        what,
        connection -> {
          T result = work.on(connection);
          connection.rollback();
          return result;
        });
  }

  private <T> T run(HikariDataSource pool, String what, Work<T> work) {
    long begin = System.nanoTime();
    try {
      return transaction(pool, what, work);
    } finally {
      observer.ended(
          pool == readers ? StoreObserver.READ : StoreObserver.WRITE, System.nanoTime() - begin);
    }
  }

  private <T> T transaction(HikariDataSource pool, String what, Work<T> work) {
    try (Connection connection = connection(pool)) {
      dialect.requireInPlace();
      return inTransaction(
          connection,
          begun -> {
            dialect.begin(begun);
            return work.on(begun);
          },
          pool::evictConnection);
    } catch (SQLException e) {
      String message = "Could not " + what + " (" + dialect.location() + "): " + e.getMessage();
      throw dialect.isOutage(e)
          ? new StoreUnavailableException(message, e)
          : new IllegalStateException(message, e);
    }
  }

  /**
   * Does the work in a transaction.
   *
   * @param connection commits each statement by itself
   * @param abandon ends a connection that can't be rolled back, and its transaction with it
   */
  static <T> T inTransaction(Connection connection, Work<T> work, Consumer<Connection> abandon)
      throws SQLException {
    try {
      connection.setAutoCommit(false);
      T result = work.on(connection);
      // Commits by a statement. The commit() of SQLite's driver also begins the next transaction,
      // and reports a failure of that as a failure of the commit.
      connection.setAutoCommit(true);
      return result;
    } catch (SQLException | RuntimeException | Error e) {
      try {
        connection.rollback();
        connection.setAutoCommit(true);
      } catch (SQLException rollbackException) {
        e.addSuppressed(rollbackException);
        abandon.accept(connection);
      }
      throw e;
    }
  }

  private Connection connection(HikariDataSource pool) {
    try {
      return pool.getConnection();
    } catch (SQLException e) {
      throw new StoreUnavailableException(
          "Could not get a connection to " + dialect.location() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    readers.close();
    writers.close();
  }
}
