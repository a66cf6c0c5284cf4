package dev.intermission.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The table in which Flyway keeps which migrations were run. Its name is our own, so that a host's
 * use of Flyway and ours never share one. Stores of the first schema have it under Flyway's name.
 */
final class SchemaHistory {

  static final String TABLE = "intermission_schema_history";

  private static final String FLYWAYS = "flyway_schema_history";

  private SchemaHistory() {}

  /** Returns the name that the table has now, or that a new one will have. */
  static String tableIn(Connection connection) throws SQLException {
    return isOlder(connection) ? FLYWAYS : TABLE;
  }

  /**
   * Gives the table of an older store our name. Several processes may do so at once, each in a
   * transaction of its own that has read nothing yet: a lock on the table that one of them reads
   * would keep another one from renaming it.
   */
  static void takeOver(Connection connection, Dialect dialect) throws SQLException {
    dialect.lockCatalog(connection);
    // Another process may have done it while this one waited for the lock.
    if (isOlder(connection)) {
      dialect.renameHistory(connection, FLYWAYS, TABLE);
    }
  }

  /** A host's own table has another migration in the place of our first. */
  static boolean isOlder(Connection connection) throws SQLException {
    return exists(connection, FLYWAYS)
        && !exists(connection, TABLE)
        && exists(connection, "api_proxy")
        && Sql.only(
                connection,
                "SELECT COUNT(*) FROM "
                    + FLYWAYS
                    + " WHERE version = '1' AND script = 'V1__store.sql'",
                row -> row.getInt(1))
            > 0;
  }

  private static boolean exists(Connection connection, String table) throws SQLException {
    try (ResultSet tables =
        connection.getMetaData().getTables(null, connection.getSchema(), table, null)) {
      while (tables.next()) {
        // The driver takes each underscore for any character.
        if (tables.getString("TABLE_NAME").equals(table)) {
          return true;
        }
      }
      return false;
    }
  }
}
