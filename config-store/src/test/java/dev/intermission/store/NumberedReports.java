package dev.intermission.store;

import static dev.intermission.store.TestCatalog.AUTHOR;
import static dev.intermission.store.TestCatalog.MY_API;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.store.TraceStore.Filter;
import dev.intermission.api.store.TraceStore.KeptLine;
import dev.intermission.api.trace.TraceLine;
import dev.intermission.api.trace.TraceRecord;
import dev.intermission.api.trace.TraceReport;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reports of traced requests that count on from what is in the store, so that a half one shows. */
final class NumberedReports {

  /** How many records a report has. */
  private static final int RECORDS = 30;

  private static final int LETTERS = 10_000;

  private NumberedReports() {}

  static void begin(JdbcStore store) {
    store.settings().apply(TestCatalog.small(), AUTHOR);
    next(store, 1);
  }

  /** Returns the number of the newest report that is there. */
  static int newest(JdbcStore store) {
    return (int)
        Instant.EPOCH.until(
            store.traces().list(MY_API, Filter.ALL, 1, 1).lines().get(0).line().time(),
            ChronoUnit.SECONDS);
  }

  /** Tells the report with this number. */
  static void next(JdbcStore store, int number) {
    Random random = new Random(number);
    TraceReport report =
        new TraceReport(
            IntStream.range(0, RECORDS)
                .mapToObj(
                    i ->
                        new TraceRecord(
                            TraceRecordsBehaviour.record(
                                    "r" + number + "-" + i, Instant.ofEpochSecond(number))
                                .line(),
                            text(random)))
                .toList(),
            Map.of(MY_API, (long) number));
    store.traces().receive("production", "node", "run", report);
  }

  /** Nothing that can be compressed much. */
  private static String text(Random random) {
    return random
        .ints(LETTERS, 'a', 'z' + 1)
        .mapToObj(c -> String.valueOf((char) c))
        .collect(Collectors.joining());
  }

  /** Checks that each report is there whole, and that what is counted is what is there. */
  static void assertWhole(JdbcStore store, StoreConfig config, int number, String what)
      throws SQLException {
    Map<Instant, Long> records =
        store.traces().list(MY_API, Filter.ALL, 1, Integer.MAX_VALUE).lines().stream()
            .map(KeptLine::line)
            .collect(Collectors.groupingBy(TraceLine::time, Collectors.counting()));
    assertThat(records.values()).as(what).containsOnly((long) RECORDS);
    assertThat(records).as(what).hasSize(number);
    assertThat(store.traces().list(MY_API, Filter.ALL, 1, 1).dropped()).as(what).isEqualTo(number);
    for (String id : List.of("r" + number + "-0", "r" + number + "-" + (RECORDS - 1))) {
      assertThat(store.traces().record(MY_API, id)).as(what).isPresent();
    }
    assertThat(
            difference(
                config, "SELECT bytes - (SELECT SUM(size) FROM trace_record) FROM trace_total"))
        .as(what)
        .isZero();
    assertThat(
            difference(
                config,
                "SELECT (SELECT COUNT(*) FROM trace_record) - (SELECT COUNT(*) FROM trace_document)"))
        .as(what)
        .isZero();
  }

  private static long difference(StoreConfig config, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(config.jdbcUrl())) {
      return Sql.only(connection, sql, row -> row.getLong(1));
    }
  }

  /** Tells one report after the other, and prints the number of each when it is kept. */
  static final class Writer {

    private Writer() {}

    /** Takes the URL of the store. */
    public static void main(String[] arguments) {
      try (JdbcStore store = JdbcStore.open(new StoreConfig(arguments[0]), Clock.systemUTC())) {
        System.out.println("writing");
        for (int number = newest(store) + 1; ; number++) {
          next(store, number);
          System.out.println(number);
        }
      }
    }
  }
}
