package dev.intermission.store;

import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Killed while it writes to PostgreSQL. */
@ExtendWith(SharedPostgres.class)
@Tag("slow")
class PostgresKillTest extends KillBehaviour {

  private final StoreConfig config;
  private final Path folder;

  PostgresKillTest(StoreConfig config, @TempDir Path folder) {
    this.config = config;
    this.folder = folder;
  }

  @Override
  StoreConfig config() {
    return config;
  }

  @Override
  Child startWriter(Class<?> main) throws IOException {
    return new Child(main, config.jdbcUrl() + "&ApplicationName=writer", folder.toString());
  }

  /** The server goes on with what it was sent. */
  @Override
  void awaitEnd() {
    await()
        .atMost(ONE_MINUTE)
        .until(
            () ->
                TestServer.count(
                        config.jdbcUrl(),
                        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'writer'")
                    == 0);
  }
}
