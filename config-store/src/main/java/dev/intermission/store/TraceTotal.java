package dev.intermission.store;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * What is stored of traced requests. A transaction that changes their tables locks its row first,
 * so that there is one such transaction at a time, and none of them waits in a circle.
 *
 * @param newest the number of the newest record, also of one that is deleted
 * @param bytes the sum of the sizes of all records
 */
record TraceTotal(long newest, long bytes) {

  private static final String SELECT = "SELECT newest, bytes FROM trace_total";

  static TraceTotal lock(Connection connection, String rowLock) throws SQLException {
    return Sql.only(
        connection,
        SELECT + rowLock,
        row -> new TraceTotal(row.getLong("newest"), row.getLong("bytes")));
  }

  TraceTotal plus(int records, long size) {
    return new TraceTotal(newest + records, bytes + size);
  }

  TraceTotal minus(long size) {
    return new TraceTotal(newest, bytes - size);
  }

  void save(Connection connection) throws SQLException {
    Sql.update(connection, "UPDATE trace_total SET newest = ?, bytes = ?", newest, bytes);
  }
}
