package dev.intermission.store;

import dev.intermission.api.ProxyId;
import dev.intermission.api.store.TraceStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records of a proxy that match a filter, as conditions of SQL with their parameters. */
final class TraceQuery {

  private static final String DELETED_UP_TO =
      "SELECT number FROM trace_deletion WHERE project = ? AND proxy = ?";

  private final StringBuilder conditions = new StringBuilder();
  private final List<@Nullable Object> parameters = new ArrayList<>();

  private TraceQuery(ProxyId id, long deletedUpTo) {
    add("project = ?", id.project());
    add("proxy = ?", id.name());
    if (deletedUpTo > 0) {
      // Most proxies have nothing that is being removed, and an index has all of the others.
      add("number > ?", deletedUpTo);
    }
  }

  /** Makes a query for all records that are not deleted. */
  static TraceQuery of(Connection connection, ProxyId id) throws SQLException {
    long deletedUpTo =
        Sql.first(connection, DELETED_UP_TO, row -> row.getLong(1), id.project(), id.name())
            .orElse(0L);
    return new TraceQuery(id, deletedUpTo);
  }

  TraceQuery matching(TraceStore.Filter filter) {
    if (filter.from() != null) {
      add("time >= ?", millisFrom(filter.from()));
    }
    if (filter.to() != null) {
      add("time < ?", millisFrom(filter.to()));
    }
    if (filter.environment() != null) {
      add("environment = ?", filter.environment());
    }
    if (filter.status() != null) {
      add("status = ?", filter.status());
    }
    if (filter.minMillis() > 0) {
      add("millis >= ?", filter.minMillis());
    }
    if (!filter.path().isEmpty()) {
      // LIKE has signs of its own, and looks at the case in one of the databases only.
      add("substr(path, 1, length(?)) = ?", filter.path(), filter.path());
    }
    return this;
  }

  TraceQuery withId(String id) {
    add("id = ?", id);
    return this;
  }

  /** Returns the first millisecond that is not before the time, as times are whole ones. */
  private static long millisFrom(Instant time) {
    return time.plusNanos(999_999).toEpochMilli();
  }

  private void add(String condition, Object... values) {
    conditions.append(conditions.isEmpty() ? " WHERE " : " AND ").append(condition);
    parameters.addAll(List.of(values));
  }

  String where() {
    return conditions.toString();
  }

  @Nullable Object[] parameters(Object... more) {
    List<@Nullable Object> all = new ArrayList<>(parameters);
    all.addAll(List.of(more));
    return all.toArray();
  }
}
