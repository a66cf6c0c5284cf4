package dev.intermission.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Connections of PostgreSQL's driver, without the {@code DriverManager}, from which {@link Drivers}
 * may take it out.
 *
 * <p>If there is a pooler between, such as PgBouncer, they prepare no statements in the server's
 * session, unless the URL asks for it: a pooler may give the next transaction to another session,
 * where such a statement is missing.
 */
final class DriverSource extends PGSimpleDataSource {

  private static final long serialVersionUID = 1L;

  private final boolean choosesPrepareThreshold;

  DriverSource(boolean choosesPrepareThreshold) {
    this.choosesPrepareThreshold = choosesPrepareThreshold;
  }

  @Override
  public Connection getConnection(@Nullable String user, @Nullable String password)
      throws SQLException {
    Properties credentials = new Properties();
    if (user != null) {
      credentials.setProperty("user", user);
    }
    if (password != null) {
      credentials.setProperty("password", password);
    }
    Connection connection = new Driver().connect(getUrl(), credentials);
    if (connection == null) {
      throw new IllegalStateException("the driver does not know its own URL");
    }
    if (!choosesPrepareThreshold) {
      return connection;
    }
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
