package dev.intermission.feed.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import dev.intermission.api.Snapshot;
import dev.intermission.api.store.NodeRegistry;
import dev.intermission.api.store.NodeReport;
import dev.intermission.api.store.SettingsStore;
import dev.intermission.store.JdbcStore;
import dev.intermission.store.StoreConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The threads of the feed's server side survive whatever the store throws. */
class FeedFaultTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final JdbcStore store;
  private final AtomicBoolean broken = new AtomicBoolean();
  private final AtomicInteger thrown = new AtomicInteger();
  private final List<AdminFeed> feeds = new CopyOnWriteArrayList<>();

  FeedFaultTest(@TempDir Path folder) {
    store = JdbcStore.open(StoreConfig.inFolder(folder), Clock.systemUTC());
  }

  @BeforeEach
  void applyCatalog() {
    store.settings().apply(new OneProxy(), OneProxy.AUTHOR);
  }

  @AfterEach
  void close() {
    feeds.forEach(AdminFeed::close);
    store.close();
  }

  static Stream<Throwable> failures() {
    return Stream.of(
        new IllegalStateException("injected"),
        new StackOverflowError("injected"),
        new LinkageError("injected"));
  }

  private AdminFeed feed(Throwable failure) {
    Faulty faulty = new Faulty(failure, thrown, broken::get);
    AdminFeed feed =
        new AdminFeed(
            faulty.around(SettingsStore.class, store.settings()),
            "here",
            faulty.around(NodeRegistry.class, store.nodes()),
            listener -> () -> {});
    feeds.add(feed);
    return feed;
  }

  private void breakFor(int failures) {
    int before = thrown.get();
    broken.set(true);
    await().atMost(ONE_MINUTE).until(() -> thrown.get() >= before + failures);
    broken.set(false);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void followerWaitersAndTheExchangeOfNodesGoOn(Throwable failure) throws Exception {
    AdminFeed feed = feed(failure);
    AdminFeed other = feed(failure);
    List<Snapshot> delivered = new CopyOnWriteArrayList<>();
    feed.follow("production", delivered::add);
    await().atMost(ONE_MINUTE).until(() -> !delivered.isEmpty());
    for (int status = 500; status < 501; status++) {
      breakFor(4);
      long version = OneProxy.deploy(store.settings(), status);
      CompletableFuture<Long> newer = feed.newerThan("production", version - 1, LONG);
      assertThat(newer.get()).isEqualTo(version);
      assertThat(feed.awaitServed("production", version, LONG).complete()).isTrue();
      assertThat(delivered.get(delivered.size() - 1).version()).isEqualTo(version);
      other.report(new NodeReport("production", "remote", version, "127.0.0.1", "", 1, null));
      await()
          .atMost(ONE_MINUTE)
          .untilAsserted(
              () ->
                  assertThat(feed.nodes("production"))
                      .filteredOn(node -> node.name().equals("remote"))
                      .extracting(NodeView::servedVersion)
                      .containsExactly(version));
    }
  }

  @ParameterizedTest
  @MethodSource("failures")
  void followerThatStartsWhileTheStoreFailsGetsItsSnapshotLater(Throwable failure) {
    AdminFeed feed = feed(failure);
    List<Snapshot> delivered = new CopyOnWriteArrayList<>();
    broken.set(true);
    feed.follow("production", delivered::add);
    breakFor(3);
    await().atMost(ONE_MINUTE).until(() -> !delivered.isEmpty());
    assertThat(delivered).extracting(Snapshot::version).containsExactly(1L);
  }
}
