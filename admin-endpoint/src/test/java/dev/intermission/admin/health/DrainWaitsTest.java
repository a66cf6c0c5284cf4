package dev.intermission.admin.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intermission.admin.http.Refusal;
import dev.intermission.api.ProxyId;
import dev.intermission.feed.server.AdminFeed;
import dev.intermission.store.JdbcStore;
import dev.intermission.store.StoreConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The places of calls that wait until an API is drained. */
class DrainWaitsTest {

  private static final DrainWaits.Key KEY =
      new DrainWaits.Key(new ProxyId("MyProject", "MyAPI"), "production");
  private static final Duration LONG = Duration.ofHours(1);

  private final JdbcStore store;
  private final AdminFeed feed;
  private final DrainWaits<String> waits;

  DrainWaitsTest(@TempDir Path folder) {
    store = JdbcStore.open(StoreConfig.inFolder(folder), Clock.systemUTC());
    feed = new AdminFeed(store.settings(), "gateway-1");
    waits = new DrainWaits<>(feed, key -> "busy", "drained"::equals);
  }

  @AfterEach
  void stop() {
    waits.close();
    feed.close();
    store.close();
  }

  @Test
  void callThatDoesNotWaitAnyMoreGivesItsPlaceToAnother() {
    CompletableFuture<String> first = waits.until(KEY, "operator", LONG);
    for (int i = 1; i < DrainWaits.OF_USER; i++) {
      assertThat(waits.until(KEY, "operator", LONG)).isNotDone();
    }
    assertThatThrownBy(() -> waits.until(KEY, "operator", LONG)).isInstanceOf(Refusal.class);
    assertThat(first.cancel(false)).isTrue();
    assertThat(waits.until(KEY, "operator", LONG)).isNotDone();
    assertThatThrownBy(() -> waits.until(KEY, "operator", LONG)).isInstanceOf(Refusal.class);
  }
}
