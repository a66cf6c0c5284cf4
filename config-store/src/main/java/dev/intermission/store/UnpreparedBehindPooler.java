package dev.intermission.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Connections that prepare no statements in the server's session if a pooler, such as PgBouncer, is
 * between: it may give the next transaction to another session, where such a statement is missing.
 */
final class UnpreparedBehindPooler extends PGSimpleDataSource {

  private static final long serialVersionUID = 1L;

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    Connection connection = super.getConnection(user, password);
    try {
      PGConnection driver = connection.unwrap(PGConnection.class);
      // A pooler gives the client a process id of its own, by which a query can be cancelled.
      if (Sql.only(connection, "SELECT pg_backend_pid()", row -> row.getInt(1))
          != driver.getBackendPID()) {
        driver.setPrepareThreshold(0);
      }
      return connection;
    } catch (SQLException | RuntimeException e) {
      try (connection) {
        throw e;
      }
    }
  }
}
