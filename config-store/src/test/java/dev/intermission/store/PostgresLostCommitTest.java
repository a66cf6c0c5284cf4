package dev.intermission.store;

import static dev.intermission.store.StoreBehaviour.CLOSE;
import static dev.intermission.store.StoreBehaviour.CLOSED;
import static dev.intermission.store.StoreBehaviour.PRODUCTION;
import static dev.intermission.store.TestCatalog.AUTHOR;
import static dev.intermission.store.TestCatalog.MY_API;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import com.zaxxer.hikari.HikariDataSource;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.store.AccessToken;
import dev.intermission.api.store.SavedSettings;
import dev.intermission.api.store.SettingsStore.Update;
import dev.intermission.api.store.StoreUnavailableException;
import dev.intermission.api.store.UnknownOutcomeException;
import dev.intermission.store.CuttingProxy.Cut;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A commit whose answer is lost is neither taken for a failure nor for a success by guess. */
@ExtendWith(SharedPostgres.class)
class PostgresLostCommitTest {

  private static final SavedSettings BEFORE = new SavedSettings(MaintenanceSettings.DEFAULT, 1);
  private static final SavedSettings AFTER = new SavedSettings(CLOSED, 2);

  private final StoreConfig direct;
  private final CuttingProxy proxy;
  private final JdbcStore store;

  PostgresLostCommitTest(StoreConfig config) throws IOException {
    direct = config;
    int port = Integer.parseInt(config.jdbcUrl().replaceFirst(".*127.0.0.1:([0-9]+)/.*", "$1"));
    proxy = new CuttingProxy(port);
    // A prepared commit would not be seen on the wire.
    String url =
        config.jdbcUrl().replace(":" + port + "/", ":" + proxy.port() + "/")
            + "&prepareThreshold=0";
    store = JdbcStore.open(new StoreConfig(url), Clock.systemUTC());
    store.settings().apply(TestCatalog.small(), AUTHOR);
  }

  @AfterEach
  void close() throws IOException {
    store.close();
    proxy.close();
  }

  private Update update() {
    return store.settings().update(MY_API, CLOSE, List.of(PRODUCTION), AUTHOR);
  }

  private void awaitQuestion() {
    await()
        .atMost(ONE_MINUTE)
        .until(
            () ->
                TestServer.count(
                        direct.jdbcUrl(),
                        "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'INSERT INTO audit_entry%' AND wait_event_type = 'Lock'")
                    == 1);
  }

  @Test
  void aLostAnswerIsFoundOutToBeASuccess() {
    proxy.cut(Cut.LOSE_ANSWER);

    Update update = update();

    assertThat(update.saved()).isEqualTo(AFTER);
    assertThat(update.deployments()).hasSize(1);
    assertThat(store.settings().settings(MY_API)).contains(AFTER);
    assertThat(store.settings().version("production")).isEqualTo(2);
  }

  @Test
  void aCommitThatIsStillUnderWayIsWaitedFor() throws Exception {
    proxy.cut(Cut.DELAY_COMMIT);
    CompletableFuture<Update> update = CompletableFuture.supplyAsync(this::update);
    awaitQuestion();
    assertThat(update).isNotDone();
    proxy.release();

    assertThat(update.get(1, TimeUnit.MINUTES).saved()).isEqualTo(AFTER);
    assertThat(store.settings().settings(MY_API)).contains(AFTER);
  }

  @Test
  void aLostCommitIsFoundOutToBeAFailure() {
    proxy.cut(Cut.LOSE_COMMIT);
    CompletableFuture<Update> update = CompletableFuture.supplyAsync(this::update);
    awaitQuestion();
    assertThat(update).isNotDone();
    proxy.release();

    assertThatThrownBy(() -> update.get(1, TimeUnit.MINUTES))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(StoreUnavailableException.class);
    assertThat(store.settings().settings(MY_API)).contains(BEFORE);
    assertThat(store.settings().version("production")).isEqualTo(1);
    assertThat(store.audit().entries(MY_API, 10)).isEmpty();
    assertThat(update().saved()).isEqualTo(AFTER);
  }

  @Test
  void itIsFoundOutForTokensToo() {
    AccessToken token = new AccessToken("t1", "operator", "aa", Instant.EPOCH, null, null);
    proxy.cut(Cut.LOSE_ANSWER);
    store.tokens().save(token, AUTHOR);
    assertThat(store.tokens().tokens()).containsExactly(token);

    proxy.cut(Cut.LOSE_ANSWER);
    assertThat(store.tokens().revoke("t1", Instant.EPOCH, AUTHOR)).isTrue();
    assertThat(store.tokens().revoke("t1", Instant.EPOCH, AUTHOR)).isFalse();
  }

  @Test
  void whatCannotBeFoundOutInTimeIsSaidToBeUnknown() {
    PostgresDialect dialect = new PostgresDialect(direct);
    StoreUnavailableException failed =
        new StoreUnavailableException("Could not save", new SQLException("lost", "08006"));
    HikariDataSource writers = new HikariDataSource(dialect.writers());
    writers.close();
    LostCommit lost = new LostCommit(dialect, writers, Duration.ofMillis(300));

    assertThatThrownBy(() -> lost.tookPlace(Change.by(AUTHOR, Clock.systemUTC()), failed))
        .isInstanceOf(UnknownOutcomeException.class)
        .hasMessage("Could not save; whether it was saved is not known")
        .hasCause(failed);
  }
}
