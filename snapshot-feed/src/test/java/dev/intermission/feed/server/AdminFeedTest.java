package dev.intermission.feed.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.intermission.api.DeployedProxy;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.Snapshot;
import dev.intermission.api.SnapshotFeed;
import dev.intermission.api.store.NodeReport;
import dev.intermission.feed.CountsReport;
import dev.intermission.store.JdbcStore;
import dev.intermission.store.StoreConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminFeedTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final StoreConfig config;
  private final JdbcStore store;
  private final AdminFeed feed;
  private final List<Snapshot> delivered = new CopyOnWriteArrayList<>();

  AdminFeedTest(@TempDir Path folder) {
    config = StoreConfig.inFolder(folder);
    store = JdbcStore.open(config, Clock.systemUTC());
    feed = new AdminFeed(store.settings(), "here");
  }

  @BeforeEach
  void applyCatalog() {
    store.settings().apply(new OneProxy(), OneProxy.AUTHOR);
  }

  @AfterEach
  void close() {
    feed.close();
    store.close();
  }

  @Test
  void followerGetsWhatIsDeployedThenEachChange() throws InterruptedException {
    feed.follow("production", delivered::add);
    assertThat(feed.awaitServed("production", 1, LONG)).isEqualTo(new Propagation(1, List.of()));
    long version = OneProxy.deploy(store.settings(), 503);
    feed.changed("production");
    assertThat(feed.awaitServed("production", version, LONG).complete()).isTrue();
    assertThat(delivered).extracting(Snapshot::version).containsExactly(1L, version);
    assertThat(served().httpStatusCode()).isEqualTo(503);
  }

  /** One that is silent by then may still serve what it last took. */
  @Test
  void nodeOfAnotherProcessIsKnownWhenTheAdminNodeIsStartedAgain() throws InterruptedException {
    try (AdminFeed first = new AdminFeed(store.settings(), "here", store.nodes())) {
      first.follow("production", delivered::add);
      first.awaitServed("production", 1, LONG);
      first.report(new NodeReport("production", "elsewhere", 1, "10.0.0.1", "test", 1, null));
      CountsReport counts = new CountsReport(0, 1, 1, true, true, List.of(), List.of());
      assertThat(first.counted("production", "elsewhere", null, counts)).isTrue();
      await().atMost(LONG).until(() -> !store.nodes().counts("production", Map.of()).isEmpty());
    }
    try (AdminFeed again = new AdminFeed(store.settings(), "another", store.nodes())) {
      assertThat(again.nodes("production"))
          .extracting(NodeView::name, NodeView::servedVersion)
          .containsExactly(tuple("elsewhere", 1L));
      assertThat(again.counts("production")).containsOnlyKeys("elsewhere");
      again.left("production", "elsewhere");
      assertThat(again.nodes("production")).isEmpty();
    }
  }

  private static NodeReport elsewhere(long version, @Nullable String run) {
    return new NodeReport("production", "elsewhere", version, "10.0.0.1", "test", 1, null, run);
  }

  private static CountsReport counts(long number) {
    return new CountsReport(0, number, 5, true, true, List.of(), List.of());
  }

  @Test
  void countsOfAnEarlierProcessAreNotThoseOfTheNode() {
    feed.report(elsewhere(5, "first"));
    assertThat(feed.counted("production", "elsewhere", "first", counts(7))).isTrue();
    assertThat(feed.counts("production")).containsOnlyKeys("elsewhere");
    feed.report(elsewhere(0, "second"));
    feed.report(elsewhere(5, "second"));
    assertThat(feed.counts("production")).isEmpty();
    assertThat(feed.counted("production", "elsewhere", "second", counts(3))).isTrue();
    assertThat(feed.counts("production")).containsOnlyKeys("elsewhere");
  }

  /** One of an older version does not tell its processes apart. */
  @Test
  void countsOfANodeThatServesAnOlderVersionThanBeforeAreNotToldAnyMore() {
    try (AdminFeed first = new AdminFeed(store.settings(), "here", store.nodes());
        AdminFeed other = new AdminFeed(store.settings(), "other", store.nodes())) {
      first.report(elsewhere(5, null));
      assertThat(first.counted("production", "elsewhere", null, counts(7))).isTrue();
      await().atMost(LONG).until(() -> isToldBy(other));
      first.report(elsewhere(0, null));
      first.report(elsewhere(5, null));
      assertThat(isToldBy(first)).isFalse();
      await().atMost(LONG).until(() -> !isToldBy(other));
      assertThat(first.counted("production", "elsewhere", null, counts(9))).isTrue();
      assertThat(isToldBy(first)).isTrue();
    }
  }

  private static boolean isToldBy(AdminFeed feed) {
    HeardCounts counts = feed.counts("production").get("elsewhere");
    return counts != null && counts.tellsAllInFlight();
  }

  @Test
  void environmentWithNothingDeployedIsDeliveredEmpty() {
    feed.follow("staging", delivered::add);
    await().until(() -> !delivered.isEmpty());
    assertThat(delivered).containsExactly(Snapshot.empty("staging"));
  }

  @Test
  void changeOfAnotherProcessIsFoundWithoutBeingTold() {
    feed.follow("production", delivered::add);
    await().until(() -> !delivered.isEmpty());
    try (JdbcStore other = JdbcStore.openExisting(config, Clock.systemUTC())) {
      OneProxy.deploy(other.settings(), 418);
    }
    await().untilAsserted(() -> assertThat(served().httpStatusCode()).isEqualTo(418));
  }

  @Test
  void snapshotThatTheConsumerRefusesCountsAsNotServedAndIsOfferedAgain()
      throws InterruptedException {
    AtomicBoolean refuses = new AtomicBoolean(true);
    feed.follow(
        "production",
        snapshot -> {
          if (refuses.get()) {
            throw new IllegalStateException("not now");
          }
          delivered.add(snapshot);
        });
    assertThat(feed.awaitServed("production", 1, Duration.ofMillis(100)))
        .isEqualTo(new Propagation(1, List.of("here")));
    refuses.set(false);
    assertThat(feed.awaitServed("production", 1, LONG).complete()).isTrue();
    assertThat(delivered).hasSize(1);
  }

  @Test
  void environmentThatNobodyFollowsHasNoNode() throws InterruptedException {
    SnapshotFeed.Subscription subscription = feed.follow("production", delivered::add);
    await().until(() -> !delivered.isEmpty());
    subscription.close();
    await()
        .untilAsserted(
            () ->
                assertThat(feed.awaitServed("production", 9, Duration.ZERO))
                    .isEqualTo(new Propagation(0, List.of())));
    assertThat(feed.awaitServed("staging", 9, LONG)).isEqualTo(new Propagation(0, List.of()));
  }

  private MaintenanceSettings served() {
    DeployedProxy proxy = delivered.get(delivered.size() - 1).proxies().get(OneProxy.MY_API);
    return proxy == null ? MaintenanceSettings.DEFAULT : proxy.settings();
  }

  @Test
  void whoAsksAfterTheEndDoesNotWait() {
    feed.close();
    assertThat(feed.newerThan("production", 7, Duration.ofHours(1))).isCompletedWithValue(7L);
  }
}
