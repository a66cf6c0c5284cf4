package dev.intermission.admin.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import dev.intermission.api.Snapshot;
import dev.intermission.api.SnapshotFeed;
import dev.intermission.api.store.Author;
import dev.intermission.api.store.DeploymentRequest;
import dev.intermission.feed.server.AdminFeed;
import dev.intermission.store.JdbcStore;
import dev.intermission.store.StoreConfig;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogFollowerTest {

  private static final Author AUTHOR = new Author("host", "", "test");

  private final StoreConfig config;
  private final JdbcStore store;
  private final AdminFeed feed;
  private volatile Snapshot served = Snapshot.empty("production");
  private final ChangingCatalog catalog = ChangingCatalog.of("/orders", "/pets");
  private final CatalogFollower follower;
  private final SnapshotFeed.Subscription subscription;

  CatalogFollowerTest(@TempDir Path folder) {
    config = StoreConfig.inFolder(folder);
    store = JdbcStore.open(config, Clock.systemUTC());
    follower = new CatalogFollower(catalog, store.settings(), AUTHOR);
    feed = new AdminFeed(store.settings(), "here");
    subscription = feed.follow("production", snapshot -> served = snapshot);
  }

  @AfterEach
  void close() {
    subscription.close();
    follower.close();
    feed.close();
    store.close();
  }

  @Test
  void proxiesThatComeAndGoAtRunTimeReachTheGates() {
    awaitServed("/orders", "/pets");
    catalog.becomes("/orders", "/payments");
    awaitServed("/orders", "/payments");
    catalog.becomes("/pets");
    awaitServed("/pets");
  }

  @Test
  void proxyThatStaysKeepsItsSettings() {
    ProxyId orders = ChangingCatalog.id("/orders");
    store
        .settings()
        .update(
            orders,
            saved -> closed(saved.settings()),
            List.of(new DeploymentRequest("production", "", false)),
            AUTHOR);

    catalog.becomes("/orders", "/payments");
    awaitServed("/orders", "/payments");
    assertThat(isClosed(orders)).isTrue();
  }

  @Test
  void changeThatComesWhileTheStoreIsLockedIsAppliedAfterwards() throws Exception {
    try (Connection other = DriverManager.getConnection(config.jdbcUrl());
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      catalog.becomes("/a");
      catalog.becomes("/b");
      assertThat(store.settings().proxies("MyProject")).hasSize(2);
      statement.execute("ROLLBACK");
    }
    awaitServed("/b");
  }

  @Test
  void closedFollowerFollowsNoMore() {
    assertThat(catalog.isFollowed()).isTrue();
    follower.close();
    assertThat(catalog.isFollowed()).isFalse();
  }

  private boolean isClosed(ProxyId id) {
    return Optional.ofNullable(served.proxies().get(id)).orElseThrow().settings().enabled();
  }

  private static MaintenanceSettings closed(MaintenanceSettings open) {
    return new MaintenanceSettings(true, 503, open.contentType(), open.message());
  }

  private void awaitServed(String... paths) {
    Set<ProxyId> ids = Set.of(paths).stream().map(ChangingCatalog::id).collect(Collectors.toSet());
    await().untilAsserted(() -> assertThat(served.proxies().keySet()).isEqualTo(ids));
  }
}
