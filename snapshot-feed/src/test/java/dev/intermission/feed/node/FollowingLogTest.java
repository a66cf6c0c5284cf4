package dev.intermission.feed.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.intermission.api.Snapshot;
import dev.intermission.api.SnapshotDelta;
import dev.intermission.feed.DeltaJson;
import dev.intermission.feed.Snapshots;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A node survives whatever happens while it follows, and tells of it in few lines. */
class FollowingLogTest {

  private static final SnapshotDelta SEVEN = Snapshots.delta(0, 7, Snapshots.myApi(2, "seven"));

  private final StubAdmin admin = new StubAdmin();
  private final List<Snapshot> delivered = new CopyOnWriteArrayList<>();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.intermission.feed");
  private final RemoteFeed feed;

  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          if (event.getLevel().isGreaterOrEqual(Level.INFO)) {
            lines.add(event.getLevel() + " " + event.getFormattedMessage());
          }
        }
      };

  FollowingLogTest(@TempDir Path folder) throws IOException {
    Duration soon = Duration.ofMillis(20);
    feed =
        new RemoteFeed(
            new RemoteFeedOptions(
                List.of(admin.address(), URI.create(admin.address().toString())),
                "node-1",
                "secret",
                Duration.ofSeconds(10),
                soon,
                soon,
                null),
            folder);
    appender.start();
    logger.addAppender(appender);
    admin.serve(SEVEN);
  }

  @AfterEach
  void close() {
    feed.close();
    admin.close();
    logger.detachAppender(appender);
  }

  private void awaitRequests(int more) {
    int before = admin.requests().size();
    await().atMost(ONE_MINUTE).until(() -> admin.requests().size() >= before + more);
  }

  private void fail(StubAdmin.Reply reply) {
    admin.reply(reply);
    awaitRequests(10);
  }

  @Test
  void lossAndReturnOfTheFeedAreOneLineEachHoweverOftenItIsTried() {
    feed.follow("production", delivered::add);
    await().atMost(ONE_MINUTE).until(() -> !delivered.isEmpty());
    awaitRequests(2);
    fail((exchange, after) -> StubAdmin.send(exchange, 503, new byte[0]));
    admin.serve(SEVEN);
    await().atMost(ONE_MINUTE).until(() -> lines.size() >= 4);
    fail((exchange, after) -> StubAdmin.send(exchange, 503, new byte[0]));
    admin.serve(SEVEN);
    awaitRequests(4);
    String node = admin.address().toString();
    String fault = "admin node " + node + ": it answers with status 503";
    assertThat(lines)
        .containsExactly(
            "INFO Following admin node " + node + ", at version 7",
            "WARN Lost the feed: " + fault,
            "WARN No admin node can be followed; version 7 of production stays in force. " + fault,
            "INFO Following admin node " + node + " again, at version 7");
  }

  @Test
  void errorOfTheConsumerIsToldOnceAndTheSnapshotComesAgain() {
    AtomicReference<@Nullable Error> thrown = new AtomicReference<>(new LinkageError("injected"));
    feed.follow(
        "production",
        snapshot -> {
          Error error = thrown.get();
          if (error != null) {
            throw error;
          }
          delivered.add(snapshot);
        });
    awaitRequests(5);
    assertThat(feed.status().problem()).contains("java.lang.LinkageError: injected");
    thrown.set(null);
    await().atMost(ONE_MINUTE).until(() -> !delivered.isEmpty());
    await().atMost(ONE_MINUTE).until(() -> feed.status().problem() == null);
    assertThat(lines)
        .filteredOn(line -> line.contains("an error in this program"))
        .containsExactly(
            "WARN Following the feed of production failed because of an error in this program: java.lang.LinkageError: injected");
    assertThat(lines).contains("INFO The feed of production is followed again");
  }

  @Test
  void adminNodeThatAnswersTheFirstQuestionOnlyIsNotAskedWithoutAPause() {
    admin.reply(
        (exchange, after) ->
            StubAdmin.send(
                exchange,
                exchange.getRequestURI().getQuery().endsWith("wait=0") ? 200 : 503,
                after == 7 ? new byte[0] : DeltaJson.write(SEVEN)));
    feed.follow("production", delivered::add);
    awaitRequests(20);
    assertThat(lines).filteredOn(line -> line.contains("Lost the feed")).hasSize(1);
  }
}
