package dev.intermission.admin.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.Author;
import dev.intermission.api.ContentType;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.Deployment;
import dev.intermission.api.DeploymentRequest;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyCatalog;
import dev.intermission.api.ProxyId;
import dev.intermission.api.RoutingAddress;
import dev.intermission.api.Snapshot;
import dev.intermission.api.SnapshotFeed;
import dev.intermission.api.User;
import dev.intermission.store.JdbcStore;
import dev.intermission.store.StoreConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminFeedTest {

  private static final ProxyId MY_API = new ProxyId("MyProject", "MyAPI");
  private static final Author AUTHOR = new Author("operator", "127.0.0.1", "test");
  private static final Duration LONG = Duration.ofSeconds(30);

  private final StoreConfig config;
  private final JdbcStore store;
  private final AdminFeed feed;
  private final List<Snapshot> delivered = new CopyOnWriteArrayList<>();

  AdminFeedTest(@TempDir Path folder) {
    config = StoreConfig.inFolder(folder);
    store = JdbcStore.open(config, Clock.systemUTC());
    feed = new AdminFeed(store, "here");
  }

  @BeforeEach
  void applyCatalog() {
    store.apply(new OneProxy(), AUTHOR);
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
    long version = deploy(store, 503);
    feed.changed("production");
    assertThat(feed.awaitServed("production", version, LONG).complete()).isTrue();
    assertThat(delivered).extracting(Snapshot::version).containsExactly(1L, version);
    assertThat(served().httpStatusCode()).isEqualTo(503);
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
      deploy(other, 418);
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
    DeployedProxy proxy = delivered.get(delivered.size() - 1).proxies().get(MY_API);
    return proxy == null ? MaintenanceSettings.DEFAULT : proxy.settings();
  }

  private static long deploy(JdbcStore store, int status) {
    List<Deployment> deployments =
        store
            .update(
                MY_API,
                saved ->
                    new MaintenanceSettings(true, status, ContentType.parse("text/plain"), "gone"),
                List.of(DeploymentRequest.to("production")),
                AUTHOR)
            .deployments();
    return deployments.get(0).environmentVersion();
  }

  /** MyAPI, deployed in production. */
  private record OneProxy() implements ProxyCatalog {
    @Override
    public Set<String> environments() {
      return Set.of("production", "staging");
    }

    @Override
    public Set<String> projects() {
      return Set.of("MyProject");
    }

    @Override
    public Map<ApiProxy, Set<String>> proxies() {
      RoutingAddress address = new RoutingAddress(URI.create("http://127.0.0.1:8081"), 1, false);
      return Map.of(ApiProxy.of(MY_API, "/api/v1", address), Set.of("production"));
    }

    @Override
    public Set<User> users() {
      return Set.of();
    }
  }
}
