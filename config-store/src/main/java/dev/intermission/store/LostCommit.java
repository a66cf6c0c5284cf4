package dev.intermission.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.intermission.api.store.UnknownOutcomeException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether a transaction was committed whose commit got no answer, by looking for its
 * entry in the audit log when the database is back.
 */
final class LostCommit {

  private static final Logger LOG = LoggerFactory.getLogger(LostCommit.class);
  private static final long PAUSE_MILLIS = 100;

  /** This insert waits if the transaction is still in progress; it is always rolled back. */
  private static final String ASK =
      """
      INSERT INTO audit_entry (change_id, number, time, username, address, correlation_id, action,
        detail)
      VALUES (?, 0, 0, '', '', '', '', '')
      ON CONFLICT (change_id, number) DO NOTHING
      """;

  private final Dialect dialect;
  private final HikariDataSource writers;
  private final Duration patience;

  LostCommit(Dialect dialect, HikariDataSource writers, Duration patience) {
    this.dialect = dialect;
    this.writers = writers;
    this.patience = patience;
  }

  /**
   * Returns whether the change was committed.
   *
   * @param what was tried and why it failed
   * @throws UnknownOutcomeException if that can't be found out in time
   */
  boolean tookPlace(Change change, RuntimeException what) {
    long deadline = System.nanoTime() + patience.toNanos();
    SQLException failure;
    do {
      try {
        boolean committed = ask(change);
        LOG.info(
            "{}; a check shows that the change was {}",
            what.getMessage(),
            committed ? "saved" : "not saved");
        return committed;
      } catch (SQLException e) {
        failure = e;
      }
    } while (pause() && System.nanoTime() < deadline);
    what.addSuppressed(failure);
    throw new UnknownOutcomeException(
        what.getMessage() + "; whether it was saved is not known", what);
  }

  private boolean ask(Change change) throws SQLException {
    try (Connection connection = writers.getConnection()) {
      connection.setAutoCommit(false);
      boolean committed;
      try {
        dialect.begin(connection);
        committed = Sql.update(connection, ASK, change.id()) == 0;
      } catch (SQLException e) {
        rollBack(connection, e);
        throw e;
      }
      connection.rollback();
      return committed;
    }
  }

  private static void rollBack(Connection connection, SQLException reason) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }

  /** Returns false if the thread was interrupted. */
  private static boolean pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
