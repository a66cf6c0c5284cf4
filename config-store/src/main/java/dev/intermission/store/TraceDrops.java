package dev.intermission.store;

import static dev.intermission.store.Sql.row;

import dev.intermission.api.ProxyId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How many requests gateways did not record. A gateway tells the number since it was started; what
 * is new of it is added to the hour, so that the oldest can be forgotten, and all when the records
 * are deleted. Its transactions have locked {@link TraceTotal}.
 */
final class TraceDrops {

  /** A process of a gateway that was silent about a proxy for so long is taken for a new one. */
  private static final Duration TOLD_IS_KEPT = Duration.ofDays(90);

  /**
   * Of more processes in an environment, those that told last are known. Gateways choose the names
   * that they tell under, so nothing else bounds what is kept of them.
   */
  private static final int MOST_TELLERS = 2_000;

  private static final String TELL =
      """
      INSERT INTO trace_told (environment, node, run, project, proxy, dropped, time)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (environment, node, run, project, proxy) DO UPDATE SET
        dropped = excluded.dropped, time = excluded.time
      """;

  private static final String ADD =
      """
      INSERT INTO trace_dropped (project, proxy, hour, dropped) VALUES (?, ?, ?, ?)
      ON CONFLICT (project, proxy, hour) DO UPDATE SET
        dropped = trace_dropped.dropped + excluded.dropped
      """;

  private static final String FORGET_TELLERS =
      """
      DELETE FROM trace_told WHERE environment = ? AND (node, run) NOT IN (
        SELECT node, run FROM trace_told WHERE environment = ?
        GROUP BY node, run ORDER BY MAX(time) DESC LIMIT ?)
      """;

  private TraceDrops() {}

  /** Which process of a gateway tells. */
  record Teller(String environment, String node, String run) {}

  /** What is told of a proxy, and how much of it is new. */
  private record News(ProxyId proxy, long told, long more) {}

  static void add(
      Connection connection,
      Teller teller,
      Map<ProxyId, Long> dropped,
      Set<ProxyId> known,
      Instant now)
      throws SQLException {
    Map<ProxyId, Long> before = dropped.isEmpty() ? Map.of() : told(connection, teller);
    List<News> news = new ArrayList<>();
    dropped.forEach(
        (proxy, told) -> {
          long more = told - before.getOrDefault(proxy, 0L);
          // Less than before is a report that was overtaken by a later one.
          if (more > 0 && known.contains(proxy)) {
            news.add(new News(proxy, told, more));
          }
        });
    Sql.batch(
        connection,
        TELL,
        news,
        each ->
            row(
                teller.environment(),
                teller.node(),
                teller.run(),
                each.proxy().project(),
                each.proxy().name(),
                each.told(),
                now.toEpochMilli()));
    if (before.isEmpty() && !news.isEmpty()) {
      String environment = teller.environment();
      Sql.update(connection, FORGET_TELLERS, environment, environment, MOST_TELLERS);
    }
    Sql.batch(
        connection,
        ADD,
        news,
        each -> row(each.proxy().project(), each.proxy().name(), hour(now), each.more()));
  }

  private static Map<ProxyId, Long> told(Connection connection, Teller teller) throws SQLException {
    Map<ProxyId, Long> told = new HashMap<>();
    Sql.list(
        connection,
        "SELECT project, proxy AS name, dropped FROM trace_told WHERE environment = ? AND node = ? AND run = ?",
        row -> told.put(CatalogReader.id(row), row.getLong("dropped")),
        teller.environment(),
        teller.node(),
        teller.run());
    return told;
  }

  /** Returns how many were dropped of the proxy since this time, by whole hours. */
  static long of(Connection connection, ProxyId id, Instant since) throws SQLException {
    return Sql.only(
        connection,
        "SELECT COALESCE(SUM(dropped), 0) FROM trace_dropped WHERE project = ? AND proxy = ? AND hour >= ?",
        row -> row.getLong(1),
        id.project(),
        id.name(),
        hour(since));
  }

  /** Forgets what was dropped of the proxy. What gateways have told stays told. */
  static void forget(Connection connection, ProxyId id) throws SQLException {
    Sql.update(
        connection,
        "DELETE FROM trace_dropped WHERE project = ? AND proxy = ?",
        id.project(),
        id.name());
  }

  /** Forgets what was dropped before this time, and gateways that are gone. */
  static void forget(Connection connection, Instant before, Instant now) throws SQLException {
    Sql.update(connection, "DELETE FROM trace_dropped WHERE hour < ?", hour(before));
    Sql.update(
        connection,
        "DELETE FROM trace_told WHERE time < ?",
        now.minus(TOLD_IS_KEPT).toEpochMilli());
  }

  private static long hour(Instant time) {
    return Math.floorDiv(time.getEpochSecond(), Duration.ofHours(1).toSeconds());
  }
}
