package dev.intermission.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Statements with positional parameters: strings, whole numbers, booleans, bytes and null. */
final class Sql {

  /** Makes a value of the current row. */
  @FunctionalInterface
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Replaces in texts what can't be stored. */
  static final char NO_CHARACTER = '\uffff';

  private static final int MOST_IN_A_BATCH = 500;

  private Sql() {}

  static <T> List<T> list(
      Connection connection, String sql, Row<T> row, @Nullable Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      try (ResultSet rows = statement.executeQuery()) {
        List<T> list = new ArrayList<>();
        while (rows.next()) {
          list.add(row.read(rows));
        }
        return list;
      }
    }
  }

  static <T> Optional<T> first(
      Connection connection, String sql, Row<T> row, @Nullable Object... parameters)
      throws SQLException {
    return list(connection, sql, row, parameters).stream().findFirst();
  }

  /** Returns the value of the first row of a query that has one. */
  static <T> T only(Connection connection, String sql, Row<T> row, @Nullable Object... parameters)
      throws SQLException {
    return first(connection, sql, row, parameters).orElseThrow();
  }

  /** Returns how many rows were changed. */
  static int update(Connection connection, String sql, @Nullable Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      return statement.executeUpdate();
    }
  }

  /** Changes the schema. */
  static void define(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // SQLite says of some of these statements that they have results.
      statement.execute(sql);
    }
  }

  /** Runs the statement once for each item; only so many at a time are held with parameters. */
  static <T> void batch(
      Connection connection,
      String sql,
      Collection<T> items,
      Function<T, @Nullable Object[]> parameters)
      throws SQLException {
    if (items.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int waiting = 0;
      for (T item : items) {
        bind(statement, parameters.apply(item));
        statement.addBatch();
        waiting++;
        if (waiting == MOST_IN_A_BATCH) {
          statement.executeBatch();
          waiting = 0;
        }
      }
      if (waiting > 0) {
        statement.executeBatch();
      }
    }
  }

  /** Returns the parameters of one run of a batch. */
  static @Nullable Object[] row(@Nullable Object... parameters) {
    return parameters;
  }

  private static void bind(PreparedStatement statement, @Nullable Object[] parameters)
      throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(
          i + 1, parameters[i] instanceof String text ? storable(text) : parameters[i]);
    }
  }

  /**
   * Returns the text with U+FFFF, which is not a character and occurs in no name, in place of what
   * not every database can hold: U+0000 and lone surrogates.
   */
  static String storable(String text) {
    return text.codePoints().noneMatch(Sql::isUnstorable)
        ? text
        : text.codePoints()
            .map(c -> isUnstorable(c) ? NO_CHARACTER : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
  }

  private static boolean isUnstorable(int codePoint) {
    return codePoint == 0
        || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
  }
}
