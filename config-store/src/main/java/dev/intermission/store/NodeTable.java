package dev.intermission.store;

import static dev.intermission.store.Sql.row;

import dev.intermission.api.store.NodeRegistry;
import dev.intermission.api.store.NodeReport;
import dev.intermission.api.store.NodeStatus;
import dev.intermission.api.store.ToldCounts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The tables of the nodes' last reports and counts, with times by the clock of the database. */
final class NodeTable implements NodeRegistry {

  private static final Comparator<NodeReport> BY_KEY =
      Comparator.comparing(NodeReport::environment).thenComparing(NodeReport::name);

  private static final Comparator<ToldCounts> BY_NODE =
      Comparator.comparing(ToldCounts::environment).thenComparing(ToldCounts::node);

  /** What an admin node hears late does not replace what another one heard after it. */
  private static final String COUNT =
      """
      INSERT INTO node_counts (environment, name, stamp, counts, run, number)
      VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (environment, name) DO UPDATE SET
        stamp = excluded.stamp, counts = excluded.counts, run = excluded.run,
        number = excluded.number
      WHERE node_counts.run IS NULL OR excluded.run IS NULL OR node_counts.run <> excluded.run
        OR node_counts.number < excluded.number
      """;

  private final Database database;
  private final String report;

  private record Stamp(String node, long stamp) {}

  NodeTable(Database database) {
    this.database = database;
    report =
        String.format(
            Locale.ROOT,
            """
            INSERT INTO node (environment, name, served_version, heartbeat, last_seen, address, software,
              format, clock_offset, run)
            VALUES (?, ?, ?, 1, %s, ?, ?, ?, ?, ?)
            ON CONFLICT (environment, name) DO UPDATE SET
              served_version = excluded.served_version,
              heartbeat = node.heartbeat + 1,
              last_seen = excluded.last_seen,
              address = excluded.address,
              software = excluded.software,
              format = excluded.format,
              clock_offset = excluded.clock_offset,
              run = excluded.run
            """,
            database.now());
  }

  @Override
  public void report(Collection<NodeReport> reports, Collection<ToldCounts> counts) {
    SortedMap<NodeReport, NodeReport> lastReports = last(reports, BY_KEY);
    SortedMap<ToldCounts, ToldCounts> lastCounts = last(counts, BY_NODE);
    if (lastReports.isEmpty() && lastCounts.isEmpty()) {
      return;
    }
    database.write(
        "take the reports of nodes",
        connection -> {
          Sql.batch(connection, report, lastReports.values(), NodeTable::reportRow);
          Sql.batch(connection, COUNT, lastCounts.values(), NodeTable::countsRow);
          return reports;
        });
  }

  /** All admin nodes write in the same order, so that they do not deadlock. */
  private static <T> SortedMap<T, T> last(Collection<T> all, Comparator<T> order) {
    SortedMap<T, T> last = new TreeMap<>(order);
    all.forEach(
        each -> {
          last.remove(each);
          last.put(each, each);
        });
    return last;
  }

  @Override
  public List<NodeStatus> nodes(String environment) {
    return database.read(
        "the nodes of " + environment,
        connection ->
            List.copyOf(
                Sql.list(
                    connection,
                    String.format(
                        Locale.ROOT,
                        """
                        SELECT environment, name, served_version, heartbeat, %s - last_seen AS age,
                          address, software, format, clock_offset, run
                        FROM node WHERE environment = ? ORDER BY name
                        """,
                        database.now()),
                    NodeTable::status,
                    environment)));
  }

  @Override
  public List<ToldCounts> counts(String environment, Map<String, Long> known) {
    return database.read(
        "the counts of the nodes of " + environment,
        connection -> {
          List<ToldCounts> counts = new ArrayList<>();
          for (Stamp present :
              Sql.list(
                  connection,
                  "SELECT name, stamp FROM node_counts WHERE environment = ? ORDER BY name",
                  found -> new Stamp(found.getString("name"), found.getLong("stamp")),
                  environment)) {
            if (!Long.valueOf(present.stamp()).equals(known.get(present.node()))) {
              counts.addAll(
                  Sql.list(
                      connection,
                      "SELECT stamp, counts, run, number FROM node_counts WHERE environment = ? AND name = ?",
                      found ->
                          new ToldCounts(
                              environment,
                              present.node(),
                              found.getLong("stamp"),
                              found.getString("counts"),
                              found.getString("run"),
                              found.getLong("number")),
                      environment,
                      present.node()));
            }
          }
          return counts;
        });
  }

  @Override
  public void remove(String environment, String name) {
    database.write(
        "forget a node",
        connection -> {
          // In the order of reports, so that the two do not deadlock.
          Sql.update(
              connection, "DELETE FROM node WHERE environment = ? AND name = ?", environment, name);
          return Sql.update(
              connection,
              "DELETE FROM node_counts WHERE environment = ? AND name = ?",
              environment,
              name);
        });
  }

  @Override
  public int forget(Duration age) {
    return database.write(
        "forget nodes",
        connection -> {
          int forgotten =
              Sql.update(
                  connection,
                  "DELETE FROM node WHERE last_seen < " + database.now() + " - ?",
                  age.toMillis());
          Sql.update(
              connection,
              """
              DELETE FROM node_counts WHERE NOT EXISTS (SELECT 1 FROM node
                WHERE node.environment = node_counts.environment AND node.name = node_counts.name)
              """);
          return forgotten;
        });
  }

  private static @Nullable Object[] reportRow(NodeReport node) {
    return row(
        node.environment(),
        node.name(),
        node.servedVersion(),
        node.address(),
        node.software(),
        node.format(),
        millis(node.clockOffset()),
        node.run());
  }

  private static @Nullable Object[] countsRow(ToldCounts told) {
    return row(
        told.environment(), told.node(), told.stamp(), told.text(), told.run(), told.number());
  }

  private static @Nullable Long millis(@Nullable Duration duration) {
    return duration == null ? null : duration.toMillis();
  }

  private static @Nullable Duration clockOffset(ResultSet row) throws SQLException {
    long millis = row.getLong("clock_offset");
    return row.wasNull() ? null : Duration.ofMillis(millis);
  }

  private static NodeStatus status(ResultSet row) throws SQLException {
    NodeReport report =
        new NodeReport(
            row.getString("environment"),
            row.getString("name"),
            row.getLong("served_version"),
            row.getString("address"),
            row.getString("software"),
            row.getInt("format"),
            clockOffset(row),
            row.getString("run"));
    return new NodeStatus(
        report, row.getLong("heartbeat"), Duration.ofMillis(Math.max(0, row.getLong("age"))));
  }
}
