package dev.intermission.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteUpgradeTest extends UpgradeBehaviour {

  SqliteUpgradeTest(@TempDir Path folder) {
    super(StoreConfig.inFolder(folder));
  }
}
