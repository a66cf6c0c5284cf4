package dev.intermission.store;

import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends StoreBehaviour {

  private final Path folder;

  SqliteStoreTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Override
  JdbcStore open(Clock clock) {
    return JdbcStore.open(StoreConfig.inFolder(folder), clock);
  }
}
