package dev.intermission.store;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Which database holds the store.
 *
 * @param jdbcUrl {@code jdbc:sqlite:} and the path of a file
 */
public record StoreConfig(String jdbcUrl) {

  public StoreConfig {
    Objects.requireNonNull(jdbcUrl, "jdbcUrl");
  }

  /** Returns the SQLite file {@code intermission.db} in the folder. */
  public static StoreConfig inFolder(Path folder) {
    return new StoreConfig(
        SqliteDialect.URL_PREFIX + folder.toAbsolutePath().resolve("intermission.db"));
  }
}
