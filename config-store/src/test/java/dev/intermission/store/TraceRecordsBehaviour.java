package dev.intermission.store;

import static dev.intermission.store.TestCatalog.AUTHOR;
import static dev.intermission.store.TestCatalog.MY_API;
import static dev.intermission.store.TestCatalog.PETSTORE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.intermission.api.ProxyId;
import dev.intermission.api.store.AuditAction;
import dev.intermission.api.store.AuditEntry;
import dev.intermission.api.store.TraceStore.Filter;
import dev.intermission.api.store.TraceStore.Kept;
import dev.intermission.api.store.TraceStore.KeptLine;
import dev.intermission.api.store.TraceStore.Page;
import dev.intermission.api.store.UnknownEnvironmentException;
import dev.intermission.api.trace.TraceLine;
import dev.intermission.api.trace.TraceRecord;
import dev.intermission.api.trace.TraceReport;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Records of traced requests, as every database must keep them. */
abstract class TraceRecordsBehaviour extends StoreBehaviour {

  private static final String NODE = "gateway-1";
  private static final String RUN = "run1";
  private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(7));

  static TraceRecord record(String id, ProxyId proxy, Instant time, String path, int status) {
    TraceLine line =
        new TraceLine(
            id, proxy, time, "GET", path, status, "SUCCESS", "http://db:1" + path + "?q=ü", 17);
    return new TraceRecord(line, "{\"id\":\"" + id + "\",\"text\":\"grüße \uD83D\uDE00\"}");
  }

  static TraceRecord record(String id, Instant time) {
    return record(id, MY_API, time, "/api/v1/orders", 200);
  }

  private void receive(TraceRecord... records) {
    receive(store, records);
  }

  private static void receive(JdbcStore store, TraceRecord... records) {
    store.traces().receive("production", NODE, RUN, new TraceReport(List.of(records), Map.of()));
  }

  private void drop(String run, long number) {
    store
        .traces()
        .receive("production", NODE, run, new TraceReport(List.of(), Map.of(MY_API, number)));
  }

  /** Returns where it is kept. */
  abstract StoreConfig config();

  private static List<String> ids(Page page) {
    return page.lines().stream().map(KeptLine::line).map(TraceLine::id).toList();
  }

  private List<String> ids(Filter filter) {
    return ids(store.traces().list(MY_API, filter, 1, 1000));
  }

  private static Filter path(String prefix) {
    return new Filter(null, null, null, null, 0, prefix);
  }

  private JdbcStore at(Instant time, Retention retention) {
    return open(Clock.fixed(time, ZoneOffset.UTC), retention);
  }

  private static Retention keeping(long bytes) {
    return new Retention(100, 100_000, Duration.ofDays(7), bytes);
  }

  @Test
  void aRecordIsGivenBackAsItCame() {
    TraceRecord record = record("a-1", NOW);
    receive(record);
    Kept kept = new Kept("production", NODE, record);
    assertThat(store.traces().record(MY_API, "a-1")).contains(kept);
    assertThat(store.traces().list(MY_API, Filter.ALL, 1, 10))
        .isEqualTo(new Page(List.of(new KeptLine("production", NODE, record.line())), 1, 0));
    assertThat(store.traces().record(PETSTORE, "a-1")).isEmpty();
    assertThat(store.traces().record(MY_API, "A-1")).isEmpty();
    try (JdbcStore again = open(Clock.systemUTC())) {
      assertThat(again.traces().record(MY_API, "a-1")).contains(kept);
    }
  }

  @Test
  void aRecordWithoutTargetAndWithSignsThatAreNotTextIsKept() {
    TraceLine line =
        new TraceLine("x", MY_API, NOW, "G\0T", "/\uD83D", 0, "ERROR", null, Long.MAX_VALUE);
    receive(new TraceRecord(line, "{\"text\":\"\\u0000\"}"));
    assertThat(store.traces().list(MY_API, path("/"), 1, 10).lines())
        .extracting(KeptLine::line)
        .containsExactly(
            new TraceLine(
                "x", MY_API, NOW, "G\uffffT", "/\uffff", 0, "ERROR", null, Long.MAX_VALUE));
    assertThat(store.traces().record(MY_API, "x").orElseThrow().record().document())
        .isEqualTo("{\"text\":\"\\u0000\"}");
  }

  @Test
  void whatIsToldTwiceIsKeptOnce() {
    TraceRecord first = record("1", NOW);
    TraceRecord second = record("2", NOW.plusMillis(1));
    receive(first, first);
    receive(first, second);
    receive(record("2", MY_API, NOW, "/other", 500));
    assertThat(ids(Filter.ALL)).containsExactly("2", "1");
    assertThat(store.traces().record(MY_API, "2").orElseThrow().record()).isEqualTo(second);
  }

  @Test
  void whatIsOfAnUnknownProxyIsLeftOutAndAnUnknownEnvironmentRefused() {
    ProxyId unknown = new ProxyId("MyProject", "unknown");
    receive(record("1", unknown, NOW, "/", 200), record("2", NOW));
    assertThat(store.traces().record(unknown, "1")).isEmpty();
    assertThat(ids(Filter.ALL)).containsExactly("2");
    TraceReport report = new TraceReport(List.of(record("3", NOW)), Map.of());
    assertThatThrownBy(() -> store.traces().receive("unknown", NODE, RUN, report))
        .isInstanceOf(UnknownEnvironmentException.class);
    assertThat(ids(Filter.ALL)).containsExactly("2");
  }

  @Test
  void whatIsOfAProxyThatIsGoneCanNotBeReadUntilItComesBack() {
    receive(record("1", NOW));
    drop(RUN, 3);
    store.settings().apply(TestCatalog.small().without(MY_API), AUTHOR);
    assertThat(store.traces().list(MY_API, Filter.ALL, 1, 10)).isEqualTo(new Page(List.of(), 0, 0));
    assertThat(store.traces().record(MY_API, "1")).isEmpty();
    receive(record("2", NOW));
    store.settings().apply(TestCatalog.small(), AUTHOR);
    assertThat(ids(Filter.ALL)).containsExactly("1");
  }

  @Test
  void theNewestComeFirstAndOfOneTimeThoseThatCameLast() {
    receive(record("b", NOW), record("a", NOW), record("old", NOW.minusMillis(1)));
    receive(
        record("c", NOW),
        record("late", NOW.minusSeconds(9)),
        record("new", NOW.plusNanos(1_000_000)));
    assertThat(ids(Filter.ALL)).containsExactly("new", "c", "a", "b", "old", "late");
  }

  @Test
  void pagesFollowEachOtherWhileRecordsComeIn() {
    receive(
        IntStream.range(0, 5)
            .mapToObj(i -> record("id-" + i, NOW.plusMillis(i)))
            .toArray(TraceRecord[]::new));
    Filter until = new Filter(null, NOW.plusMillis(5), null, null, 0, "");
    Page first = store.traces().list(MY_API, until, 1, 2);
    receive(record("later", NOW.plusMillis(5)));
    Page second = store.traces().list(MY_API, until, 2, 2);
    Page third = store.traces().list(MY_API, until, 3, 2);
    assertThat(ids(first)).containsExactly("id-4", "id-3");
    assertThat(ids(second)).containsExactly("id-2", "id-1");
    assertThat(ids(third)).containsExactly("id-0");
    assertThat(List.of(first, second, third)).extracting(Page::total).containsOnly(5L);
    assertThat(store.traces().list(MY_API, until, Integer.MAX_VALUE, 1000))
        .isEqualTo(new Page(List.of(), 5, 0));
    assertThat(ids(store.traces().list(MY_API, Filter.ALL, 1, 1))).containsExactly("later");
  }

  @Test
  void eachFilterTakesWhatItSays() {
    receive(
        record("a", MY_API, NOW, "/a", 200),
        record("b", MY_API, NOW.plusMillis(1), "/b", 404),
        record("c", MY_API, NOW.plusMillis(2), "/c", 404));
    TraceLine slow =
        new TraceLine("slow", MY_API, NOW.plusMillis(3), "PUT", "/b", 0, "ERROR", null, 5000);
    store
        .traces()
        .receive(
            "staging",
            "other",
            RUN,
            new TraceReport(List.of(new TraceRecord(slow, "{}")), Map.of()));
    receive(record("pet", PETSTORE, NOW, "/b", 404));
    assertThat(ids(new Filter(NOW.plusMillis(1), null, null, null, 0, "")))
        .containsExactly("slow", "c", "b");
    assertThat(ids(new Filter(NOW.plusNanos(1), null, null, null, 0, "")))
        .containsExactly("slow", "c", "b");
    assertThat(ids(new Filter(null, NOW.plusMillis(1), null, null, 0, ""))).containsExactly("a");
    assertThat(ids(new Filter(null, NOW.plusNanos(1_000_001), null, null, 0, "")))
        .containsExactly("b", "a");
    assertThat(ids(new Filter(null, null, "staging", null, 0, ""))).containsExactly("slow");
    assertThat(ids(new Filter(null, null, "Staging", null, 0, ""))).isEmpty();
    assertThat(ids(new Filter(null, null, null, 404, 0, ""))).containsExactly("c", "b");
    assertThat(ids(new Filter(null, null, null, 0, 0, ""))).containsExactly("slow");
    assertThat(ids(new Filter(null, null, null, null, 18, ""))).containsExactly("slow");
    assertThat(ids(new Filter(null, null, null, null, 17, ""))).hasSize(4);
    assertThat(ids(new Filter(NOW, NOW.plusMillis(3), "production", 404, 17, "/c")))
        .containsExactly("c");
    assertThat(store.traces().list(MY_API, new Filter(null, null, null, 404, 0, ""), 2, 1))
        .extracting(TraceRecordsBehaviour::ids, Page::total)
        .containsExactly(List.of("b"), 2L);
  }

  @Test
  void aPathIsComparedSignBySign() {
    List<String> paths =
        List.of(
            "/a%b", "/a_b", "/axb", "/AXB", "/a'b\"", "/ü/ö", "/ü/\uD83D\uDE00x", "/[a]*", "/\\");
    for (int i = 0; i < paths.size(); i++) {
      receive(record("id-" + i, MY_API, NOW.plusMillis(i), paths.get(i), 200));
    }
    for (int i = 0; i < paths.size(); i++) {
      assertThat(ids(path(paths.get(i)))).as(paths.get(i)).containsExactly("id-" + i);
    }
    assertThat(ids(path("/a%"))).containsExactly("id-0");
    assertThat(ids(path("/a_"))).containsExactly("id-1");
    assertThat(ids(path("/A"))).containsExactly("id-3");
    assertThat(ids(path("/ü/\uD83D\uDE00"))).containsExactly("id-6");
    assertThat(ids(path("/ü/"))).containsExactly("id-6", "id-5");
    assertThat(ids(path("/ü/\u0000"))).isEmpty();
    assertThat(ids(path("' OR '1'='1"))).isEmpty();
    assertThat(ids(path("/axbc"))).isEmpty();
  }

  @Test
  void whatIsTooOldIsPruned() {
    receive(
        record("old", LONG_AGO.minusMillis(1)),
        record("kept", LONG_AGO),
        record("tomorrow", NOW.plus(Duration.ofDays(1))));
    receive(record("pet", PETSTORE, LONG_AGO.minusSeconds(1), "/", 200));
    store.settings().apply(TestCatalog.small().without(PETSTORE), AUTHOR);
    assertThat(store.traces().prune()).isEqualTo(2);
    assertThat(ids(Filter.ALL)).containsExactly("tomorrow", "kept");
    assertThat(store.traces().prune()).isZero();
    // A gateway's clock that is fast keeps no record longer.
    try (JdbcStore later = at(NOW.plus(Duration.ofDays(7)).plusSeconds(1), Retention.DEFAULT)) {
      assertThat(later.traces().prune()).isEqualTo(2);
    }
    assertThat(ids(Filter.ALL)).isEmpty();
  }

  @Test
  void theOldestOfWhatIsTooMuchArePruned() {
    long one = new PackedTrace(record("id-100", NOW)).size();
    try (JdbcStore small = at(NOW, keeping(10 * one + one / 2))) {
      for (int i = 100; i < 110; i++) {
        receive(small, record("id-" + i, NOW.minusSeconds(i)));
      }
      assertThat(ids(Filter.ALL)).hasSize(10);
      receive(small, record("id-111", NOW.minusSeconds(50)));
      assertThat(ids(Filter.ALL))
          .containsExactlyElementsOf(
              IntStream.concat(IntStream.of(111), IntStream.range(100, 109))
                  .mapToObj(i -> "id-" + i)
                  .toList());
      // What is late is the oldest, and goes at once.
      receive(small, record("id-112", NOW.minusSeconds(500)));
      assertThat(ids(Filter.ALL)).hasSize(10).doesNotContain("id-112");
      assertThat(small.traces().prune()).isZero();
    }
    try (JdbcStore smaller = at(NOW, keeping(3 * one + one / 2))) {
      assertThat(smaller.traces().prune()).isEqualTo(7);
    }
    assertThat(ids(Filter.ALL)).containsExactly("id-111", "id-100", "id-101");
  }

  @Test
  void manyThatAreTooMuchAreRemovedInSeveralTransactions() {
    TraceRecord[] many =
        IntStream.range(0, 1000)
            .mapToObj(i -> record("id-" + i, NOW.minusSeconds(i)))
            .toArray(TraceRecord[]::new);
    receive(many);
    try (JdbcStore small = at(NOW, keeping(1))) {
      assertThat(small.traces().prune()).isEqualTo(1000);
      receive(small, many);
      assertThat(ids(Filter.ALL)).isEmpty();
    }
  }

  @Test
  void deletingLeavesTheOtherProxiesAndIsInTheAudit() {
    receive(record("1", NOW), record("2", NOW), record("3", PETSTORE, NOW, "/", 200));
    drop(RUN, 5);
    assertThat(store.traces().delete(MY_API, AUTHOR)).isEqualTo(2);
    assertThat(store.traces().list(MY_API, Filter.ALL, 1, 10)).isEqualTo(new Page(List.of(), 0, 0));
    assertThat(store.traces().record(MY_API, "1")).isEmpty();
    assertThat(ids(store.traces().list(PETSTORE, Filter.ALL, 1, 10))).containsExactly("3");
    receive(record("4", NOW.minusSeconds(9)));
    assertThat(ids(Filter.ALL)).containsExactly("4");
    assertThat(store.traces().delete(MY_API, AUTHOR)).isEqualTo(1);
    assertThat(store.traces().delete(MY_API, AUTHOR)).isZero();
    assertThat(store.audit().entries(MY_API, 3))
        .extracting(AuditEntry::action, AuditEntry::detail, AuditEntry::author)
        .containsExactly(
            tuple(AuditAction.TRACES_DELETED, "records: 0", AUTHOR),
            tuple(AuditAction.TRACES_DELETED, "records: 1", AUTHOR),
            tuple(AuditAction.TRACES_DELETED, "records: 2", AUTHOR));
  }

  @Test
  void whatIsDeletedButNotRemovedYetIsSeenByNobodyAndRemovedLater() throws SQLException {
    receive(record("1", NOW), record("2", NOW));
    // As where a process is killed after the first transaction of a deletion.
    try (Connection connection = DriverManager.getConnection(config().jdbcUrl())) {
      Sql.update(connection, "INSERT INTO trace_deletion VALUES ('MyProject', 'MyAPI', 2)");
    }
    assertThat(store.traces().list(MY_API, Filter.ALL, 1, 10)).isEqualTo(new Page(List.of(), 0, 0));
    assertThat(store.traces().record(MY_API, "1")).isEmpty();
    receive(record("3", NOW));
    assertThat(ids(Filter.ALL)).containsExactly("3");
    assertThat(store.traces().prune()).isZero();
    assertThat(ids(Filter.ALL)).containsExactly("3");
    // The ids are free again.
    receive(record("1", NOW));
    assertThat(ids(Filter.ALL)).containsExactly("1", "3");
  }

  @Test
  void ofVeryManyThatAreDeletedTheLastAreRemovedLater() throws SQLException {
    for (int report = 0; report < 7; report++) {
      int number = report;
      receive(
          IntStream.range(0, TraceReport.MOST_RECORDS)
              .mapToObj(i -> record("id-" + number + "-" + i, NOW))
              .toArray(TraceRecord[]::new));
    }
    assertThat(store.traces().delete(MY_API, AUTHOR)).isEqualTo(7 * TraceReport.MOST_RECORDS);
    assertThat(store.traces().list(MY_API, Filter.ALL, 1, 10)).isEqualTo(new Page(List.of(), 0, 0));
    assertThat(bytes()).isPositive();
    assertThat(store.traces().prune()).isZero();
    assertThat(bytes()).isZero();
  }

  @Test
  void recordsOfSeveralProxiesThatAreDeletedAreAllRemoved() throws SQLException {
    receive(record("1", NOW), record("2", NOW), record("3", PETSTORE, NOW, "/", 200));
    receive(record("4", NOW.minusSeconds(9)), record("5", PETSTORE, NOW, "/", 200));
    try (Connection connection = DriverManager.getConnection(config().jdbcUrl())) {
      Sql.update(connection, "INSERT INTO trace_deletion VALUES ('MyProject', 'MyAPI', 3)");
      Sql.update(
          connection,
          "INSERT INTO trace_deletion VALUES (?, ?, 3)",
          PETSTORE.project(),
          PETSTORE.name());
    }
    long all = bytes();
    assertThat(store.traces().prune()).isZero();
    assertThat(bytes()).isLessThan(all / 2);
    try (Connection connection = DriverManager.getConnection(config().jdbcUrl())) {
      assertThat(Sql.list(connection, "SELECT id FROM trace_record", row -> row.getString(1)))
          .containsExactlyInAnyOrder("4", "5");
      assertThat(Sql.list(connection, "SELECT 1 FROM trace_deletion", row -> 1)).isEmpty();
    }
  }

  @Test
  void ofVeryManyProcessesThoseThatToldLastAreKnown() throws SQLException {
    try (Connection connection = DriverManager.getConnection(config().jdbcUrl())) {
      Sql.batch(
          connection,
          "INSERT INTO trace_told VALUES ('production', ?, 'run', 'MyProject', 'MyAPI', 1, ?)",
          IntStream.range(0, 2_100).boxed().toList(),
          i -> Sql.row("node-" + i, NOW.toEpochMilli() - i - 1));
    }
    drop(RUN, 1);
    try (Connection connection = DriverManager.getConnection(config().jdbcUrl())) {
      assertThat(
              Sql.list(
                  connection,
                  "SELECT node FROM trace_told ORDER BY time DESC",
                  row -> row.getString(1)))
          .hasSize(2_000)
          .startsWith(NODE, "node-0")
          .endsWith("node-1998");
    }
  }

  @Test
  void aReaderIsInTheAudit() {
    store.traces().read(MY_API, "record 1", AUTHOR);
    assertThat(store.audit().entries(MY_API, 1))
        .extracting(AuditEntry::action, AuditEntry::proxy, AuditEntry::detail, AuditEntry::author)
        .containsExactly(tuple(AuditAction.TRACE_READ, MY_API, "record 1", AUTHOR));
  }

  private long dropped() {
    return store.traces().list(MY_API, path("/nothing"), 1, 1).dropped();
  }

  @Test
  void whatWasDroppedIsTheSumOverGatewaysAndTheirProcesses() {
    drop(RUN, 3);
    drop(RUN, 3);
    drop(RUN, 7);
    drop(RUN, 5);
    assertThat(dropped()).isEqualTo(7);
    drop("run2", 2);
    assertThat(dropped()).isEqualTo(9);
    store
        .traces()
        .receive(
            "staging",
            NODE,
            RUN,
            new TraceReport(
                List.of(), Map.of(MY_API, 10L, new ProxyId("MyProject", "unknown"), 1L)));
    assertThat(dropped()).isEqualTo(19);
    assertThat(store.traces().list(PETSTORE, Filter.ALL, 1, 1).dropped()).isZero();
  }

  @Test
  void aDeletionForgetsWhatWasDroppedAlthoughGatewaysGoOnCounting() {
    drop(RUN, 3);
    store.traces().delete(MY_API, AUTHOR);
    assertThat(dropped()).isZero();
    drop(RUN, 3);
    assertThat(dropped()).isZero();
    drop(RUN, 5);
    drop("run2", 1);
    assertThat(dropped()).isEqualTo(3);
  }

  @Test
  void whatWasDroppedIsForgottenAfterAWeek() {
    drop(RUN, 3);
    try (JdbcStore later = at(NOW.plus(Duration.ofDays(4)), Retention.DEFAULT)) {
      later
          .traces()
          .receive("production", NODE, RUN, new TraceReport(List.of(), Map.of(MY_API, 4L)));
      assertThat(later.traces().list(MY_API, Filter.ALL, 1, 1).dropped()).isEqualTo(4);
    }
    try (JdbcStore later = at(NOW.plus(Duration.ofDays(8)), Retention.DEFAULT)) {
      assertThat(later.traces().list(MY_API, Filter.ALL, 1, 1).dropped()).isEqualTo(1);
      assertThat(later.traces().prune()).isZero();
      later
          .traces()
          .receive("production", NODE, RUN, new TraceReport(List.of(), Map.of(MY_API, 6L)));
      assertThat(later.traces().list(MY_API, Filter.ALL, 1, 1).dropped()).isEqualTo(3);
    }
    assertThat(dropped()).isEqualTo(3);
  }

  /** Reports overlap as where their answers were lost, and come in any order. */
  @Test
  void manyWhoTellTheSameAtOnceKeepItOnceWhileOthersDeploy() throws Exception {
    int records = 40;
    List<TraceRecord> all = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      all.add(record("id-" + i, NOW.plusMillis(i)));
    }
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      List<Future<?>> done = new ArrayList<>();
      for (int teller = 0; teller < 4; teller++) {
        String node = "node-" + teller;
        done.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 10; i++) {
                    List<TraceRecord> some = new ArrayList<>(all);
                    Collections.shuffle(some);
                    TraceReport report =
                        new TraceReport(some.subList(0, 20), Map.of(MY_API, (long) i + 1));
                    store.traces().receive("production", node, RUN, report);
                  }
                }));
      }
      done.add(
          threads.submit(
              () -> {
                for (int i = 0; i < 10; i++) {
                  store.settings().update(MY_API, KEEP, List.of(PRODUCTION), AUTHOR);
                }
              }));
      done.add(
          threads.submit(
              () -> {
                for (int i = 0; i < 10; i++) {
                  store.traces().prune();
                  store.traces().list(MY_API, Filter.ALL, 1, 5);
                  store.traces().delete(PETSTORE, AUTHOR);
                }
              }));
      for (Future<?> each : done) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
    receive(all.toArray(TraceRecord[]::new));
    assertThat(ids(Filter.ALL)).hasSize(records).doesNotHaveDuplicates();
    assertThat(dropped()).isEqualTo(40);
    assertThat(store.history().deployments(MY_API)).hasSizeGreaterThanOrEqualTo(10);
    assertThat(bytes())
        .isEqualTo(all.stream().mapToLong(each -> new PackedTrace(each).size()).sum());
  }

  /** Returns how many bytes are kept, if that is the sum of the records that are there. */
  private long bytes() throws SQLException {
    try (Connection connection = DriverManager.getConnection(config().jdbcUrl())) {
      return Sql.only(
          connection,
          "SELECT bytes FROM trace_total WHERE bytes = (SELECT COALESCE(SUM(size), 0) FROM trace_record)",
          row -> row.getLong(1));
    }
  }
}
