package dev.intermission.store;

import static dev.intermission.store.Sql.row;

import dev.intermission.api.ProxyId;
import dev.intermission.api.store.Author;
import dev.intermission.api.store.StoreUnavailableException;
import dev.intermission.api.store.TraceStore;
import dev.intermission.api.trace.TraceLine;
import dev.intermission.api.trace.TraceRecord;
import dev.intermission.api.trace.TraceReport;
import dev.intermission.runtime.FailureLog;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps records of traced requests. */
final class TraceTable implements TraceStore {

  private static final Logger LOG = LoggerFactory.getLogger(TraceTable.class);

  /** So that whoever calls does not wait until all is removed that has to be. */
  private static final int PRUNED_AT_ONCE = 32;

  private static final String LINE =
      "SELECT id, project, proxy AS name, environment, node, time, method, path, status, result, target, millis";

  private final Database database;
  private final Clock clock;
  private final Retention retention;
  private final TraceIntake intake;
  private final TracePruning pruning;
  private final FailureLog unpruned = new FailureLog(LOG);

  TraceTable(Database database, Clock clock, Retention retention) {
    this.database = database;
    this.clock = clock;
    this.retention = retention;
    intake = new TraceIntake(database, clock);
    pruning = new TracePruning(database, clock, retention);
  }

  @Override
  public void receive(String environment, String node, String run, TraceReport report) {
    long bytes = intake.take(new TraceDrops.Teller(environment, node, run), report);
    if (pruning.isTooMuch(bytes)) {
      quietly(() -> pruning.removeSurplus(PRUNED_AT_ONCE));
    }
  }

  /** What is not removed now is removed by the next pruning. */
  private void quietly(Runnable removal) {
    try {
      removal.run();
    } catch (StoreUnavailableException e) {
      unpruned.failed("Traced requests are removed later: " + e.getMessage(), null);
    }
  }

  @Override
  public Page list(ProxyId proxy, Filter filter, int page, int size) {
    return database.read(
        "what was traced of " + proxy,
        connection -> {
          if (!isPresent(connection, proxy)) {
            return new Page(List.of(), 0, 0);
          }
          TraceQuery query = TraceQuery.of(connection, proxy).matching(filter);
          return new Page(
              Sql.list(
                  connection,
                  LINE
                      + " FROM trace_record"
                      + query.where()
                      + " ORDER BY time DESC, number DESC LIMIT ? OFFSET ?",
                  TraceTable::line,
                  query.parameters(size, (page - 1L) * size)),
              Sql.only(
                  connection,
                  "SELECT COUNT(*) FROM trace_record" + query.where(),
                  row -> row.getLong(1),
                  query.parameters()),
              TraceDrops.of(connection, proxy, clock.instant().minus(retention.traceAge())));
        });
  }

  @Override
  public Optional<Kept> record(ProxyId proxy, String id) {
    return database.read(
        "what was traced of " + proxy,
        connection -> {
          if (!isPresent(connection, proxy)) {
            return Optional.empty();
          }
          TraceQuery query = TraceQuery.of(connection, proxy).withId(id);
          return Sql.first(
              connection,
              LINE
                  + ", (SELECT document FROM trace_document d WHERE d.number = trace_record.number) AS document FROM trace_record"
                  + query.where(),
              TraceTable::kept,
              query.parameters());
        });
  }

  private static boolean isPresent(Connection connection, ProxyId id) throws SQLException {
    return Sql.first(
            connection,
            "SELECT name FROM api_proxy WHERE project = ? AND name = ? AND present",
            row -> row.getString(1),
            id.project(),
            id.name())
        .isPresent();
  }

  private static KeptLine line(ResultSet row) throws SQLException {
    return new KeptLine(
        row.getString("environment"),
        row.getString("node"),
        new TraceLine(
            row.getString("id"),
            CatalogReader.id(row),
            Instant.ofEpochMilli(row.getLong("time")),
            row.getString("method"),
            row.getString("path"),
            row.getInt("status"),
            row.getString("result"),
            row.getString("target"),
            row.getLong("millis")));
  }

  private static Kept kept(ResultSet row) throws SQLException {
    KeptLine found = line(row);
    String document = PackedTrace.unpack(row.getBytes("document"));
    return new Kept(found.environment(), found.node(), new TraceRecord(found.line(), document));
  }

  @Override
  public int delete(ProxyId proxy, Author author) {
    Change change = Change.by(author, clock);
    int deleted =
        database.write(
            "delete what was traced of " + proxy,
            change,
            connection -> {
              TraceTotal total = TraceTotal.lock(connection, database.rowLock());
              TraceQuery query = TraceQuery.of(connection, proxy);
              int count =
                  Sql.only(
                      connection,
                      "SELECT COUNT(*) FROM trace_record" + query.where(),
                      row -> row.getInt(1),
                      query.parameters());
              hide(connection, proxy, total.newest());
              TraceDrops.forget(connection, proxy);
              new AuditWriter(connection, change, retention).tracesDeleted(proxy, count);
              return count;
            });
    // Many take longer than others can wait for a transaction, so they go in several ones.
    quietly(() -> pruning.removeDeleted(PRUNED_AT_ONCE));
    return deleted;
  }

  /** Makes nobody see the records up to this number any more. */
  private static void hide(Connection connection, ProxyId proxy, long number) throws SQLException {
    Sql.update(
        connection,
        """
        INSERT INTO trace_deletion (project, proxy, number) VALUES (?, ?, ?)
        ON CONFLICT (project, proxy) DO UPDATE SET number = excluded.number
        """,
        proxy.project(),
        proxy.name(),
        number);
  }

  @Override
  public void read(ProxyId proxy, String detail, Author author) {
    Change change = Change.by(author, clock);
    database.write(
        "note who read what was traced of " + proxy,
        change,
        connection -> {
          new AuditWriter(connection, change, retention).traceRead(proxy, detail);
          return change;
        });
  }

  @Override
  public int prune() {
    return pruning.all();
  }
}
