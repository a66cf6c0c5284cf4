package dev.intermission.store;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Killed while it writes to SQLite. */
class SqliteKillTest extends KillBehaviour {

  private final Path folder;

  SqliteKillTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Override
  StoreConfig config() {
    return StoreConfig.inFolder(folder);
  }

  @Override
  Child startWriter(Class<?> main) throws IOException {
    return new Child(main, config().jdbcUrl(), folder.toString());
  }

  @Override
  void awaitEnd() {
    // The process wrote itself.
  }
}
