package dev.intermission.feed.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.intermission.api.Snapshot;
import dev.intermission.api.SnapshotDelta;
import dev.intermission.api.SnapshotFeed;
import dev.intermission.feed.DeltaJson;
import dev.intermission.feed.Snapshots;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RemoteFeedTest {

  private static final Snapshot SEVEN = Snapshots.snapshot(7, Snapshots.myApi(2, "seven"));
  private static final SnapshotDelta SEVEN_WHOLE =
      Snapshots.delta(0, 7, Snapshots.myApi(2, "seven"));

  private final Path folder;
  private final StubAdmin admin = new StubAdmin();
  private final List<Snapshot> delivered = new CopyOnWriteArrayList<>();
  private RemoteFeed feed;

  RemoteFeedTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    feed = feed(admin.address());
  }

  @AfterEach
  void close() {
    feed.close();
    admin.close();
  }

  private RemoteFeed feed(URI... admins) {
    Duration soon = Duration.ofMillis(20);
    return new RemoteFeed(
        new RemoteFeedOptions(
            List.of(admins), "node-1", "secret", Duration.ofSeconds(10), soon, soon, null),
        folder);
  }

  private void follow() {
    feed.follow("production", delivered::add);
  }

  private void awaitVersion(long version) {
    await()
        .untilAsserted(
            () -> assertThat(delivered).last().extracting(Snapshot::version).isEqualTo(version));
  }

  @Test
  void nodeTakesASnapshotThenChangesAndAcknowledgesEachByAskingForMore() {
    admin.serve(SEVEN_WHOLE);
    follow();
    awaitVersion(7);
    admin.serve(Snapshots.delta(7, 8, Snapshots.myApi(3, "eight")));
    awaitVersion(8);
    await().until(() -> admin.requests().stream().anyMatch(r -> r.contains("after=8")));
    assertThat(delivered)
        .containsExactly(SEVEN, Snapshots.snapshot(8, Snapshots.myApi(3, "eight")));
    assertThat(admin.requests())
        .startsWith(
            "/feed/v1/changes environment=production&after=0 node-1 Bearer secret",
            "/feed/v1/changes environment=production&after=7 node-1 Bearer secret");
    assertThat(feed.status().servedVersion()).isEqualTo(8);
    assertThat(feed.status().problem()).isNull();
  }

  @Test
  void environmentWithNothingDeployedIsDeliveredEmpty() {
    follow();
    await().until(() -> !delivered.isEmpty());
    assertThat(delivered).containsExactly(Snapshot.empty("production"));
  }

  @Test
  void nodeStartsFromItsDiskWhenNoAdminNodeIsThereAndFollowsWhenOneIs() throws IOException {
    new SnapshotFile(folder, "production").save(SEVEN);
    admin.reply((exchange, after) -> StubAdmin.send(exchange, 503, new byte[0]));
    follow();
    assertThat(delivered).containsExactly(SEVEN);
    await().until(() -> String.valueOf(feed.status().problem()).contains("status 503"));
    assertThat(feed.status().fromDisk()).isTrue();
    admin.serve(Snapshots.delta(7, 8));
    awaitVersion(8);
    await().until(() -> feed.status().problem() == null);
    assertThat(feed.status().fromDisk()).isFalse();
  }

  @Test
  void nodeGoesOverToAnotherAdminNode() throws IOException {
    try (StubAdmin other = new StubAdmin()) {
      feed = feed(admin.address(), other.address());
      admin.serve(SEVEN_WHOLE);
      other.serve(SEVEN_WHOLE);
      follow();
      awaitVersion(7);
      admin.close();
      other.serve(Snapshots.delta(7, 8));
      awaitVersion(8);
    }
  }

  static Stream<StubAdmin.Reply> badReplies() {
    byte[] eight = DeltaJson.write(Snapshots.delta(7, 8));
    return Stream.of(
        (exchange, after) -> StubAdmin.send(exchange, 200, "<html>hello</html>".getBytes(UTF_8)),
        (exchange, after) -> StubAdmin.send(exchange, 200, Arrays.copyOf(eight, 40)),
        (exchange, after) -> {
          exchange.sendResponseHeaders(200, eight.length);
          exchange.getResponseBody().write(eight, 0, 40);
        },
        (exchange, after) ->
            StubAdmin.send(
                exchange, 200, DeltaJson.write(Snapshots.delta(0, 6, Snapshots.myApi(1, "six")))),
        (exchange, after) -> StubAdmin.send(exchange, 200, DeltaJson.write(SEVEN_WHOLE)),
        (exchange, after) -> StubAdmin.send(exchange, 200, DeltaJson.write(Snapshots.delta(8, 9))),
        (exchange, after) ->
            StubAdmin.send(
                exchange,
                200,
                DeltaJson.write(new SnapshotDelta("staging", 0, 9, List.of(), List.of()))),
        (exchange, after) -> StubAdmin.send(exchange, 200, new byte[0]),
        (exchange, after) -> StubAdmin.send(exchange, 302, new byte[0]),
        (exchange, after) -> StubAdmin.send(exchange, 401, new byte[0]));
  }

  @ParameterizedTest
  @MethodSource("badReplies")
  void badAnswerIsNeverAppliedAndMadeGoodByTheNext(StubAdmin.Reply bad) {
    admin.serve(SEVEN_WHOLE);
    follow();
    awaitVersion(7);
    admin.reply(bad);
    await().until(() -> feed.status().problem() != null);
    assertThat(delivered).containsExactly(SEVEN);
    assertThat(feed.status().servedVersion()).isEqualTo(7);
    admin.serve(Snapshots.delta(7, 9, Snapshots.myApi(5, "nine")));
    awaitVersion(9);
    assertThat(delivered).containsExactly(SEVEN, Snapshots.snapshot(9, Snapshots.myApi(5, "nine")));
    await().until(() -> feed.status().problem() == null);
  }

  @Test
  void snapshotThatCannotBePutInForceIsNotAcknowledgedAndComesAgain() {
    AtomicBoolean refuses = new AtomicBoolean(true);
    admin.serve(SEVEN_WHOLE);
    feed.follow(
        "production",
        snapshot -> {
          if (refuses.get()) {
            throw new IllegalStateException("not now");
          }
          delivered.add(snapshot);
        });
    await().until(() -> String.valueOf(feed.status().problem()).contains("can't be put in force"));
    assertThat(admin.requests()).allMatch(request -> request.contains("after=0"));
    refuses.set(false);
    awaitVersion(7);
  }

  @Test
  void nodeThatCannotSaveServesOnAndSaysSo() throws IOException {
    Path inTheWay = folder.resolve("snapshot.json.new/in-the-way");
    Files.createDirectories(inTheWay);
    admin.serve(SEVEN_WHOLE);
    follow();
    awaitVersion(7);
    await().until(() -> String.valueOf(feed.status().diskProblem()).contains("snapshot.json"));
    Files.delete(inTheWay);
    Files.delete(inTheWay.getParent());
    await().until(() -> feed.status().diskProblem() == null);
    assertThat(new SnapshotFile(folder, "production").load().orElseThrow().snapshot())
        .isEqualTo(SEVEN);
  }

  @Test
  void damagedFileIsNotServed() throws IOException {
    Files.writeString(folder.resolve("snapshot.json"), "intermission-snapshot 1 nonsense\n{}");
    admin.serve(SEVEN_WHOLE);
    follow();
    awaitVersion(7);
    assertThat(delivered).containsExactly(SEVEN);
  }

  @Test
  void nodeThatEndsSaysSoOnce() {
    admin.serve(SEVEN_WHOLE);
    SnapshotFeed.Subscription subscription = feed.follow("production", delivered::add);
    awaitVersion(7);
    await().until(() -> feed.status().problem() == null);
    subscription.close();
    feed.close();
    assertThat(admin.left()).containsExactly("environment=production node-1");
  }

  @Test
  void nodeThatEndsTellsAnotherAdminNodeIfItsOwnDoesNotListen() throws IOException {
    try (StubAdmin other = new StubAdmin()) {
      admin.serve(SEVEN_WHOLE);
      other.serve(SEVEN_WHOLE);
      feed = feed(admin.address(), other.address());
      follow();
      awaitVersion(7);
      await().until(() -> feed.status().problem() == null);
      admin.refuseToHearThatNodesLeave();
      feed.close();
      assertThat(other.left()).containsExactly("environment=production node-1");
    }
  }

  @Test
  void nodeThatReachesNobodyEndsAllTheSame() {
    feed = feed(URI.create("http://127.0.0.1:1"));
    follow();
    await().until(() -> feed.status().problem() != null);
    feed.close();
    assertThat(feed.status().problem()).contains("http://127.0.0.1:1", "can't be reached");
  }

  @Test
  void feedIsFollowedOnce() {
    follow();
    assertThatThrownBy(this::follow).isInstanceOf(IllegalStateException.class);
  }
}
