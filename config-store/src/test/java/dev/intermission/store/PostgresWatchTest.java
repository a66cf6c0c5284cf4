package dev.intermission.store;

import static dev.intermission.store.StoreBehaviour.CLOSE;
import static dev.intermission.store.StoreBehaviour.PRODUCTION;
import static dev.intermission.store.StoreBehaviour.STAGING;
import static dev.intermission.store.TestCatalog.AUTHOR;
import static dev.intermission.store.TestCatalog.MY_API;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import dev.intermission.api.SnapshotFeed.Subscription;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.ds.PGSimpleDataSource;

/** How a store on a server tells of other processes' changes. */
@ExtendWith(SharedPostgres.class)
class PostgresWatchTest {

  private final StoreConfig config;
  private final JdbcStore store;
  private final JdbcStore other;

  /** The versions seen by someone who looks only when told, and never polls. */
  private final Map<String, Long> seen = new ConcurrentHashMap<>();

  PostgresWatchTest(StoreConfig config) {
    this.config = config;
    store = JdbcStore.open(config, Clock.systemUTC());
    other = JdbcStore.open(config, Clock.systemUTC());
  }

  @BeforeEach
  void applyAndListen() {
    store.settings().apply(TestCatalog.small(), AUTHOR);
    Subscription untilTheStoreCloses =
        store
            .changes()
            .onChange(
                environment ->
                    seen.merge(environment, store.settings().version(environment), Math::max));
    assertThat(untilTheStoreCloses).isNotNull();
    // Told of once it is connected.
    await().atMost(ONE_MINUTE).until(() -> seen.equals(Map.of("production", 1L, "staging", 0L)));
  }

  @AfterEach
  void closeStores() {
    store.close();
    other.close();
  }

  private int endListeners() throws SQLException {
    return TestServer.count(
        config.jdbcUrl(),
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'intermission-changes'");
  }

  @Test
  void anotherProcesssDeploymentIsHeard() {
    for (long version = 2; version < 20; version++) {
      long expected = version;
      other.settings().update(MY_API, CLOSE, List.of(PRODUCTION), AUTHOR);
      await().atMost(ONE_MINUTE).until(() -> seen.getOrDefault("production", 0L) == expected);
    }
    assertThat(seen.get("staging")).isZero();
  }

  @Test
  void whatWasMissedIsMadeGoodAfterTheConnectionIsBack() throws SQLException {
    for (long version = 1; version < 10; version++) {
      long expected = version;
      assertThat(endListeners()).isPositive();
      other.settings().update(MY_API, CLOSE, List.of(STAGING), AUTHOR);
      await().atMost(ONE_MINUTE).until(() -> seen.getOrDefault("staging", 0L) == expected);
    }
  }

  static Stream<Throwable> failures() {
    return Stream.of(
        new SQLException("injected"),
        new IllegalStateException("injected"),
        new StackOverflowError("injected"));
  }

  /** A data source, and a listener, that throw this a few times before they work. */
  @ParameterizedTest
  @MethodSource("failures")
  void anythingThatIsThrownIsSurvived(Throwable failure) {
    AtomicInteger connections = new AtomicInteger();
    AtomicInteger changes = new AtomicInteger();
    PGSimpleDataSource source =
        new PGSimpleDataSource() {
          private static final long serialVersionUID = 1L;

          @Override
          public Connection getConnection() throws SQLException {
            if (connections.incrementAndGet() <= 3) {
              PostgresWatchTest.<RuntimeException>sneak(failure);
            }
            return super.getConnection();
          }
        };
    source.setUrl(config.jdbcUrl());
    Set<String> heard = ConcurrentHashMap.newKeySet();
    Subscription watch =
        PostgresWatch.start(
            source,
            "here",
            environment -> {
              if (changes.incrementAndGet() <= 3) {
                PostgresWatchTest.<RuntimeException>sneak(failure);
              }
              heard.add(environment);
            });
    await().atMost(ONE_MINUTE).until(() -> heard.equals(Set.of("production", "staging")));
    assertThat(connections.get()).isGreaterThan(3);
    watch.close();
  }

  @SuppressWarnings("unchecked") // throws what the compiler would not let through
  private static <E extends Throwable> void sneak(Throwable failure) throws E {
    throw (E) failure;
  }

  @Test
  void aClosedStoreListensNoMore() throws SQLException {
    store.close();

    await()
        .atMost(ONE_MINUTE)
        .until(
            () ->
                TestServer.count(
                        config.jdbcUrl(),
                        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'intermission-changes'")
                    == 0);
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("store-changes");
  }
}
