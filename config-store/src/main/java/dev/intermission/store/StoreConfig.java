package dev.intermission.store;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which database holds the store.
 *
 * @param jdbcUrl starts with {@code jdbc:sqlite:}
 * @param user the database user, or null where the database has none
 * @param password the user's password, or null where there is none
 */
public record StoreConfig(String jdbcUrl, @Nullable String user, @Nullable String password) {

  public StoreConfig {
    Objects.requireNonNull(jdbcUrl, "jdbcUrl");
  }

  /** Returns the SQLite file {@code intermission.db} in the folder. */
  public static StoreConfig inFolder(Path folder) {
    return new StoreConfig(
        SqliteDialect.URL_PREFIX + folder.toAbsolutePath().resolve("intermission.db"), null, null);
  }

  /** Leaves the password out. */
  @Override
  public String toString() {
    return "StoreConfig[" + jdbcUrl + "]";
  }
}
