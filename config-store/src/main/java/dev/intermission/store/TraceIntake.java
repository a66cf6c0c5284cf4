package dev.intermission.store;

import static dev.intermission.store.Sql.row;

import dev.intermission.api.ProxyId;
import dev.intermission.api.store.UnknownEnvironmentException;
import dev.intermission.api.trace.TraceLine;
import dev.intermission.api.trace.TraceReport;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keeps what gateways tell of traced requests. */
final class TraceIntake {

  private static final String INSERT =
      """
      INSERT INTO trace_record (number, id, project, proxy, environment, node, time, method, path,
        status, result, target, millis, aged_from, size)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private final Database database;
  private final Clock clock;

  TraceIntake(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** A record with its number. */
  private record Numbered(long number, PackedTrace trace) {}

  /** Keeps a report in one transaction; returns how many bytes of all are kept then. */
  long take(TraceDrops.Teller teller, TraceReport report) {
    // Packed before the transaction, which others wait for.
    Map<String, PackedTrace> packed = new LinkedHashMap<>();
    report.records().forEach(each -> packed.putIfAbsent(each.line().id(), new PackedTrace(each)));
    if (packed.isEmpty() && report.dropped().isEmpty()) {
      return 0;
    }
    return database.write(
        "keep what was traced in " + teller.environment(),
        connection -> {
          TraceTotal total = TraceTotal.lock(connection, database.rowLock());
          if (!CatalogReader.hasEnvironment(connection, teller.environment(), "")) {
            throw new UnknownEnvironmentException(teller.environment());
          }
          Set<ProxyId> known = known(connection, packed.values(), report.dropped().keySet());
          List<PackedTrace> news = news(connection, packed, known);
          total = insert(connection, teller, total, news);
          TraceDrops.add(connection, teller, report.dropped(), known, clock.instant());
          return total.bytes();
        });
  }

  private static Set<ProxyId> known(
      Connection connection, Collection<PackedTrace> traces, Set<ProxyId> others)
      throws SQLException {
    Set<ProxyId> named = new HashSet<>(others);
    traces.forEach(trace -> named.add(trace.line().proxy()));
    return new HashSet<>(
        ProxySets.list(
            connection,
            "SELECT project, name FROM api_proxy WHERE project = ? AND name IN (%s) AND present",
            named,
            CatalogReader::id));
  }

  /** Returns those that did not come before, of proxies that exist. */
  private static List<PackedTrace> news(
      Connection connection, Map<String, PackedTrace> packed, Set<ProxyId> known)
      throws SQLException {
    List<PackedTrace> news = new ArrayList<>();
    for (Map.Entry<String, PackedTrace> each : packed.entrySet()) {
      if (known.contains(each.getValue().line().proxy())
          && Sql.first(
                  connection,
                  "SELECT number FROM trace_record WHERE id = ?",
                  row -> row.getLong(1),
                  each.getKey())
              .isEmpty()) {
        news.add(each.getValue());
      }
    }
    return news;
  }

  private TraceTotal insert(
      Connection connection, TraceDrops.Teller teller, TraceTotal before, List<PackedTrace> news)
      throws SQLException {
    if (news.isEmpty()) {
      return before;
    }
    long now = clock.millis();
    TraceTotal total = before;
    List<Numbered> numbered = new ArrayList<>();
    for (PackedTrace each : news) {
      total = total.plus(1, each.size());
      numbered.add(new Numbered(total.newest(), each));
    }
    Sql.batch(
        connection,
        INSERT,
        numbered,
        each -> {
          TraceLine line = each.trace().line();
          return row(
              each.number(),
              line.id(),
              line.proxy().project(),
              line.proxy().name(),
              teller.environment(),
              teller.node(),
              line.time().toEpochMilli(),
              line.method(),
              line.path(),
              line.status(),
              line.result(),
              line.target(),
              line.millis(),
              Math.min(now, line.time().toEpochMilli()),
              each.trace().size());
        });
    Sql.batch(
        connection,
        "INSERT INTO trace_document (number, document) VALUES (?, ?)",
        numbered,
        each -> row(each.number(), each.trace().document()));
    total.save(connection);
    return total;
  }
}
