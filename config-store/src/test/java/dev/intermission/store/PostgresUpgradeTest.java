package dev.intermission.store;

import static dev.intermission.store.TestCatalog.MY_API;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedPostgres.class)
class PostgresUpgradeTest extends UpgradeBehaviour {

  private final StoreConfig config;

  PostgresUpgradeTest(StoreConfig config) {
    super(config);
    this.config = config;
  }

  @Test
  void severalAdminNodesMayUpgradeItAtOnce() throws SQLException {
    makeVersion1();
    List<CompletableFuture<Void>> nodes =
        Stream.generate(
                () ->
                    CompletableFuture.runAsync(
                        () -> JdbcStore.open(config, Clock.systemUTC()).close(),
                        task -> new Thread(task).start()))
            .limit(4)
            .toList();
    nodes.forEach(CompletableFuture::join);

    try (JdbcStore store = JdbcStore.open(config, Clock.systemUTC())) {
      assertThat(store.settings().settings(MY_API))
          .hasValueSatisfying(s -> assertThat(s.version()).isEqualTo(7));
    }
  }
}
