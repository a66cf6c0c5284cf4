package dev.intermission.store;

import dev.intermission.api.ProxyId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;

/**
 * Numbers the changes of proxies, so that a reader finds what changed since it read last. The row
 * of the counter stays locked until the commit: a number is visible before any later one. All other
 * transactions that change something wait for it meanwhile, so a transaction counts last of all.
 */
final class ChangeCounter {

  private static final String NEXT =
      "UPDATE change_counter SET newest = newest + 1 RETURNING newest";

  private ChangeCounter() {}

  /**
   * Counts a change of these proxies, whose rows this transaction has locked.
   *
   * @return the number of the change
   */
  static long count(Connection connection, Collection<ProxyId> changed) throws SQLException {
    long number = Sql.only(connection, NEXT, row -> row.getLong(1));
    ProxySets.update(
        connection,
        "UPDATE api_proxy SET change = ? WHERE project = ? AND name IN (%s)",
        changed,
        number);
    return number;
  }

  /** Counts a change of the catalog, after which readers have to read everything. */
  static void countCatalog(Connection connection) throws SQLException {
    Sql.update(connection, "UPDATE change_counter SET newest = newest + 1, catalog = newest + 1");
  }
}
