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
              format, clock_offset)
            VALUES (?, ?, ?, 1, %s, ?, ?, ?, ?)
            ON CONFLICT (environment, name) DO UPDATE SET
              served_version = excluded.served_version,
              heartbeat = node.heartbeat + 1,
              last_seen = excluded.last_seen,
              address = excluded.address,
              software = excluded.software,
              format = excluded.format,
              clock_offset = excluded.clock_offset
            """,
            database.now());
  }

  @Override
  public void report(Collection<NodeReport> reports) {
    // All admin nodes write in the same order, so that they do not deadlock.
    SortedMap<NodeReport, NodeReport> last = new TreeMap<>(BY_KEY);
    reports.forEach(
        r -> {
          last.remove(r);
          last.put(r, r);
        });
    if (last.isEmpty()) {
      return;
    }
    database.write(
        "take the reports of nodes",
        connection -> {
          Sql.batch(
              connection,
              report,
              last.values(),
              r ->
                  row(
                      r.environment(),
                      r.name(),
                      r.servedVersion(),
                      r.address(),
                      r.software(),
                      r.format(),
                      millis(r.clockOffset())));
          return last;
        });
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
                          address, software, format, clock_offset
                        FROM node WHERE environment = ? ORDER BY name
                        """,
                        database.now()),
                    NodeTable::status,
                    environment)));
  }

  @Override
  public void tellCounts(Collection<ToldCounts> counts) {
    // As for reports: all admin nodes write in the same order.
    SortedMap<ToldCounts, ToldCounts> last = new TreeMap<>(BY_NODE);
    counts.forEach(
        told -> {
          last.remove(told);
          last.put(told, told);
        });
    if (last.isEmpty()) {
      return;
    }
    database.write(
        "take the counts of nodes",
        connection -> {
          Sql.batch(
              connection,
              """
              INSERT INTO node_counts (environment, name, stamp, counts) VALUES (?, ?, ?, ?)
              ON CONFLICT (environment, name) DO UPDATE SET
                stamp = excluded.stamp, counts = excluded.counts
              """,
              last.values(),
              told -> row(told.environment(), told.node(), told.stamp(), told.text()));
          return last;
        });
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
                      "SELECT stamp, counts FROM node_counts WHERE environment = ? AND name = ?",
                      found ->
                          new ToldCounts(
                              environment,
                              present.node(),
                              found.getLong("stamp"),
                              found.getString("counts")),
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
          Sql.update(
              connection,
              "DELETE FROM node_counts WHERE environment = ? AND name = ?",
              environment,
              name);
          return Sql.update(
              connection, "DELETE FROM node WHERE environment = ? AND name = ?", environment, name);
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
            clockOffset(row));
    return new NodeStatus(
        report, row.getLong("heartbeat"), Duration.ofMillis(Math.max(0, row.getLong("age"))));
  }
}
