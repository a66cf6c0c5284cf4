package dev.intermission.feed.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.intermission.api.ProxyId;
import dev.intermission.api.trace.TraceLine;
import dev.intermission.api.trace.TraceRecord;
import dev.intermission.api.trace.TraceReport;
import dev.intermission.feed.Snapshots;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What a node traces gets to an admin node. */
class TracesToAdminTest {

  private static final TraceReport REPORT = report("{\"secret\":\"ü\"}");

  private final StubAdmin one = new StubAdmin();
  private final StubAdmin other = new StubAdmin();
  private final RemoteFeed feed;
  private final Logger logger = (Logger) LoggerFactory.getLogger(TracesToAdmin.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  TracesToAdminTest(@TempDir Path folder) throws IOException {
    Duration soon = Duration.ofMillis(20);
    List<URI> admins = List.of(one.address(), other.address());
    feed =
        new RemoteFeed(
            new RemoteFeedOptions(
                admins, "node-1", "imt_secret", Duration.ofSeconds(10), soon, soon, null),
            folder);
  }

  @BeforeEach
  void watchLog() {
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void close() {
    logger.detachAppender(log);
    feed.close();
    one.close();
    other.close();
  }

  private static TraceReport report(String document) {
    TraceLine line =
        new TraceLine(
            "id-1",
            new ProxyId("MyProject", "MyAPI"),
            Instant.parse("2026-07-01T10:00:00Z"),
            "GET",
            "/",
            200,
            "SUCCESS",
            null,
            1);
    return new TraceReport(
        List.of(new TraceRecord(line, document)), Map.of(new ProxyId("MyProject", "MyAPI"), 2L));
  }

  private void tell() {
    feed.traces().receive("a b&c", "node-1", "run1", REPORT);
  }

  @Test
  void theReportIsToldWithTheNodesNameItsTokenAndTheProcess() {
    tell();
    assertThat(one.traced())
        .containsExactly(
            "/feed/v1/traces?environment=a+b%26c node-1 run1 Bearer imt_secret " + REPORT);
    assertThat(other.traced()).isEmpty();
  }

  @Test
  void itGoesToTheAdminNodeThatIsFollowed() {
    // This one answers nobody who wants to follow it.
    one.reply((exchange, after) -> StubAdmin.send(exchange, 503, new byte[0]));
    other.serve(Snapshots.delta(0, 7, Snapshots.myApi(2, "seven")));
    feed.follow("production", snapshot -> {});
    await().until(() -> feed.status().problem() == null);
    tell();
    assertThat(other.traced()).hasSize(1);
    assertThat(one.traced()).isEmpty();
    feed.close();
    tell();
    assertThat(other.traced()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 500, 503, 404, 405})
  void whereOneTakesNoneAnotherOneIsTold(int status) {
    one.answerTraces(status);
    tell();
    assertThat(other.traced()).hasSize(1);
  }

  @Test
  void whereOneIsGoneAnotherOneIsTold() {
    one.close();
    tell();
    assertThat(other.traced()).hasSize(1);
  }

  @Test
  void whereNoneTakesItTheFailureSaysOfEachWhy() {
    one.answerTraces(503);
    other.close();
    assertThatThrownBy(this::tell)
        .isInstanceOf(TracesUntoldException.class)
        .hasMessageStartingWith(
            "admin node "
                + one.address()
                + ": it answers with status 503; admin node "
                + other.address()
                + ": it can't be reached: ")
        .hasMessageNotContaining("secret");
    one.answerTraces(204);
    tell();
    assertThat(one.traced()).hasSize(2);
  }

  @Test
  void faultOfAnAdminNodeIsToldApartFromAnOutage() {
    one.answerTraces(500);
    other.answerTraces(503);
    assertThatThrownBy(this::tell).isInstanceOf(TracesUntoldException.class);
    other.answerTraces(500);
    assertThatThrownBy(this::tell)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("admin node " + one.address() + ": it answers with status 500; ");
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 405})
  void anAdminNodeOfAnOlderVersionIsNotAskedAgainAtOnceAndIsInTheLogOnce(int status) {
    one.answerTraces(status);
    tell();
    tell();
    assertThat(one.traced()).hasSize(1);
    assertThat(other.traced()).hasSize(2);
    other.answerTraces(status);
    assertThatThrownBy(this::tell).isInstanceOf(TracesUntoldException.class);
    assertThatThrownBy(this::tell)
        .hasMessageContaining("it takes no traced requests, since it is of an older version");
    assertThat(other.traced()).hasSize(3);
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "Admin node "
                + one.address()
                + " takes no traced requests, perhaps since it is of an older version; they are kept here meanwhile, as long as there is room");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 413})
  void whatIsNeverTakenIsNotToldToOthers(int status) {
    one.answerTraces(status);
    assertThatThrownBy(this::tell)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "admin node " + one.address() + " refuses what was traced with status " + status);
    assertThat(other.traced()).isEmpty();
  }

  @Test
  void whatIsTooLargeIsNotToldAtAll() {
    TraceReport large = report("{\"a\":\"" + "x".repeat(4 << 20) + "\"}");
    assertThatThrownBy(() -> feed.traces().receive("production", "node-1", "run1", large))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(one.traced()).isEmpty();
  }

  @Test
  void anInterruptEndsItAndStays() throws Exception {
    one.reply((exchange, after) -> StubAdmin.send(exchange, 503, new byte[0]));
    List<Object> seen = new ArrayList<>();
    Thread thread =
        new Thread(
            () -> {
              Thread.currentThread().interrupt();
              try {
                tell();
              } catch (TracesUntoldException e) {
                seen.add(Thread.currentThread().isInterrupted());
              }
            });
    thread.start();
    thread.join();
    assertThat(seen).containsExactly(true);
    assertThat(one.traced()).isEmpty();
  }
}
