package dev.intermission.store;

import static dev.intermission.store.StoreBehaviour.CLOSE;
import static dev.intermission.store.TestCatalog.AUTHOR;
import static dev.intermission.store.TestCatalog.MY_API;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import dev.intermission.api.SnapshotFeed.Subscription;
import dev.intermission.api.store.StoreUnavailableException;
import dev.intermission.api.store.UnknownOutcomeException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A server that is killed, gone, paused or read-only, and then is back: no store is opened again.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
class PostgresFaultTest {

  private static final int KILLS = 5;

  private final TestServer server = new TestServer();
  private JdbcStore store;

  PostgresFaultTest() throws IOException, SQLException {
    store = open();
  }

  private JdbcStore open() throws SQLException {
    // Less patience than by default, so that these tests don't take as long.
    return JdbcStore.open(
        new StoreConfig(server.createStore().jdbcUrl() + "&socketTimeout=2"), Clock.systemUTC());
  }

  @BeforeEach
  void openAnew() throws SQLException {
    store.close();
    store = open();
    NumberedUpdates.begin(store);
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @AfterAll
  void stop() throws IOException {
    server.close();
  }

  private int updateWhenBack() {
    return await()
        .atMost(ONE_MINUTE)
        .ignoreExceptionsInstanceOf(StoreUnavailableException.class)
        .until(() -> NumberedUpdates.next(store), number -> number > 0);
  }

  /** Updates until it is told to end; after each failure the numbers tell what was saved. */
  private final class Writing {

    private final AtomicBoolean end = new AtomicBoolean();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final CompletableFuture<Void> running = CompletableFuture.runAsync(this::run);

    private void run() {
      int unknown = 0;
      while (!end.get()) {
        try {
          int number = NumberedUpdates.next(store);
          assertThat(number - acknowledged.get()).isBetween(1, 1 + unknown);
          acknowledged.set(number);
          unknown = 0;
        } catch (StoreUnavailableException e) {
          // Nothing was saved.
          Thread.onSpinWait();
        } catch (UnknownOutcomeException e) {
          // It may have been saved.
          unknown++;
        }
      }
    }

    void awaitMore(int updates) {
      int before = acknowledged.get();
      await()
          .atMost(ONE_MINUTE)
          .until(() -> running.isDone() || acknowledged.get() >= before + updates);
    }

    int end() throws Exception {
      end.set(true);
      running.get(1, TimeUnit.MINUTES);
      return acknowledged.get();
    }
  }

  @Test
  void aKilledServerLosesNothingThatWasAcknowledged() throws Exception {
    Writing writing = new Writing();
    for (int kill = 0; kill < KILLS; kill++) {
      writing.awaitMore(20);
      server.postgres.kill();
      server.postgres.start();
    }
    writing.awaitMore(20);
    int acknowledged = writing.end();

    assertThat(acknowledged).isGreaterThanOrEqualTo(20 * (KILLS + 1));
    NumberedUpdates.assertWhole(store, acknowledged);
  }

  @Test
  void nothingIsSavedWhileTheServerIsGone() throws Exception {
    server.postgres.stop();

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> NumberedUpdates.next(store))
          .isInstanceOf(StoreUnavailableException.class);
    }
    assertThatThrownBy(() -> store.settings().version("production"))
        .isInstanceOf(StoreUnavailableException.class);

    server.postgres.start();
    assertThat(updateWhenBack()).isEqualTo(1);
    NumberedUpdates.assertWhole(store, 1);
  }

  @Test
  void aPausedServerIsNotWaitedForEndlessly() {
    server.postgres.pause();
    try {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> NumberedUpdates.next(store))
            .isInstanceOf(StoreUnavailableException.class);
      }
      assertThatThrownBy(() -> store.settings().version("production"))
          .isInstanceOf(StoreUnavailableException.class);
    } finally {
      server.postgres.resume();
    }

    assertThat(updateWhenBack()).isEqualTo(1);
    NumberedUpdates.assertWhole(store, 1);
  }

  @Test
  void aServerThatTurnsReadOnlyIsAnOutage() throws SQLException {
    String url =
        server.postgres.url("postgres") + "&options=-c%20default_transaction_read_only=off";
    TestServer.execute(url, "ALTER SYSTEM SET default_transaction_read_only = on");
    TestServer.execute(url, "SELECT pg_reload_conf()");
    try {
      await()
          .atMost(ONE_MINUTE)
          .untilAsserted(
              () ->
                  assertThatThrownBy(
                          () -> store.settings().update(MY_API, CLOSE, List.of(), AUTHOR))
                      .isInstanceOf(StoreUnavailableException.class));
    } finally {
      TestServer.execute(url, "ALTER SYSTEM RESET ALL");
      TestServer.execute(url, "SELECT pg_reload_conf()");
    }
    assertThat(updateWhenBack()).isPositive();
  }

  @Test
  void whatWasMissedWhileTheServerWasDownIsToldOnceItIsBack() throws Exception {
    LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
    try (Subscription subscription = store.changes().onChange(heard::add)) {
      assertThat(subscription).isNotNull();
      assertThat(List.of(take(heard), take(heard)))
          .containsExactlyInAnyOrder("production", "staging");
      server.postgres.kill();
      assertThat(heard).isEmpty();
      server.postgres.start();

      assertThat(List.of(take(heard), take(heard)))
          .containsExactlyInAnyOrder("production", "staging");
    }
  }

  private static String take(LinkedBlockingQueue<String> heard) throws InterruptedException {
    String environment = heard.poll(1, TimeUnit.MINUTES);
    assertThat(environment).isNotNull();
    return environment;
  }
}
