package dev.intermission.store;

import static dev.intermission.store.Sql.row;

import dev.intermission.api.ProxyId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Removes records of traced requests: those that are deleted, that are too old, and the oldest of
 * what is too much. Each transaction is short, so that deployments are not kept waiting.
 */
final class TracePruning {

  private static final int MOST_AT_ONCE = 200;
  private static final long BYTES_AT_ONCE = 4 << 20;

  /** Where it is too much, a little more is removed, so that not each report has to do it. */
  private static final int SPARE_PART = 64;

  /** In the order of the index of a proxy's records, so that those of others are not looked at. */
  private static final String DELETED =
      """
      SELECT number, size FROM trace_record WHERE project = ? AND proxy = ? AND number <= ?
      ORDER BY time, number LIMIT ?
      """;

  private static final String OLD =
      "SELECT number, size FROM trace_record WHERE aged_from < ? ORDER BY aged_from, number LIMIT ?";

  private static final String OLDEST =
      "SELECT number, size FROM trace_record ORDER BY aged_from, number LIMIT ?";

  private final Database database;
  private final Clock clock;
  private final Retention retention;

  TracePruning(Database database, Clock clock, Retention retention) {
    this.database = database;
    this.clock = clock;
    this.retention = retention;
  }

  private record Found(long number, long size) {}

  /** The records of a proxy up to this number are deleted. */
  private record Deletion(ProxyId proxy, long number) {}

  /** Finds what is to be removed next. */
  @FunctionalInterface
  private interface Search {
    List<Found> in(Connection connection, TraceTotal total) throws SQLException;
  }

  /** Removes all that has to go; returns how many were too old or too much. */
  int all() {
    removeDeleted(Integer.MAX_VALUE);
    int removed = repeat(this::old, Integer.MAX_VALUE) + removeSurplus(Integer.MAX_VALUE);
    Instant now = clock.instant();
    database.write(
        "forget what was dropped",
        connection -> {
          TraceTotal.lock(connection, database.rowLock());
          TraceDrops.forget(connection, now.minus(retention.traceAge()), now);
          return now;
        });
    return removed;
  }

  boolean isTooMuch(long bytes) {
    return bytes > retention.traceBytes();
  }

  /** Removes what was deleted, in so many transactions at most. */
  void removeDeleted(int transactions) {
    repeat(this::deleted, transactions);
  }

  /** Removes the oldest of what is too much, in so many transactions at most. */
  int removeSurplus(int transactions) {
    long begin = bytes();
    if (!isTooMuch(begin)) {
      return 0;
    }
    long enough = retention.traceBytes() - retention.traceBytes() / SPARE_PART;
    return repeat((connection, total) -> oldest(connection, total.bytes() - enough), transactions);
  }

  private long bytes() {
    return database.read(
        "how much is traced", connection -> TraceTotal.lock(connection, "").bytes());
  }

  private int repeat(Search search, int transactions) {
    int removed = 0;
    int last = 1;
    for (int i = 0; i < transactions && last > 0; i++) {
      last =
          database.write(
              "remove what was traced",
              connection -> {
                TraceTotal total = TraceTotal.lock(connection, database.rowLock());
                return remove(connection, total, search.in(connection, total));
              });
      removed += last;
    }
    return removed;
  }

  private static int remove(Connection connection, TraceTotal total, List<Found> found)
      throws SQLException {
    Sql.batch(
        connection, "DELETE FROM trace_record WHERE number = ?", found, each -> row(each.number()));
    if (!found.isEmpty()) {
      total.minus(found.stream().mapToLong(Found::size).sum()).save(connection);
    }
    return found.size();
  }

  /** Returns the next of what was deleted, and forgets the deletions of which nothing is left. */
  private List<Found> deleted(Connection connection, TraceTotal total) throws SQLException {
    List<Deletion> deletions =
        Sql.list(
            connection,
            "SELECT project, proxy AS name, number FROM trace_deletion ORDER BY project, proxy",
            row -> new Deletion(CatalogReader.id(row), row.getLong("number")));
    for (Deletion deletion : deletions) {
      ProxyId id = deletion.proxy();
      List<Found> found =
          find(
              connection,
              DELETED,
              Long.MAX_VALUE,
              id.project(),
              id.name(),
              deletion.number(),
              MOST_AT_ONCE);
      if (!found.isEmpty()) {
        return found;
      }
      Sql.update(
          connection,
          "DELETE FROM trace_deletion WHERE project = ? AND proxy = ?",
          id.project(),
          id.name());
    }
    return List.of();
  }

  private List<Found> old(Connection connection, TraceTotal total) throws SQLException {
    long before = clock.instant().minus(retention.traceAge()).toEpochMilli();
    return find(connection, OLD, Long.MAX_VALUE, before, MOST_AT_ONCE);
  }

  private static List<Found> oldest(Connection connection, long tooMuch) throws SQLException {
    return tooMuch <= 0 ? List.of() : find(connection, OLDEST, tooMuch, MOST_AT_ONCE);
  }

  /** Returns the first of what is found, until it is enough, or as much as goes at once. */
  private static List<Found> find(
      Connection connection, String sql, long enough, @Nullable Object... parameters)
      throws SQLException {
    List<Found> some = new ArrayList<>();
    long size = 0;
    for (Found each :
        Sql.list(
            connection,
            sql,
            row -> new Found(row.getLong("number"), row.getLong("size")),
            parameters)) {
      if (size >= Math.min(enough, BYTES_AT_ONCE)) {
        break;
      }
      some.add(each);
      size += each.size();
    }
    return some;
  }
}
