package dev.intermission.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Statements with positional parameters: strings, whole numbers, booleans and null. */
final class Sql {

  /** Makes a value of the row that the cursor is at. */
  @FunctionalInterface
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

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

  /** Returns how many rows were changed. */
  static int update(Connection connection, String sql, @Nullable Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      return statement.executeUpdate();
    }
  }

  /** Runs the statement once for each item. */
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
      for (T item : items) {
        bind(statement, parameters.apply(item));
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  /** Returns the parameters of one run of a batch. */
  static @Nullable Object[] row(@Nullable Object... parameters) {
    return parameters;
  }

  private static void bind(PreparedStatement statement, @Nullable Object[] parameters)
      throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
  }
}
