package dev.intermission.gateway;

import dev.intermission.store.StoreConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the store is. */
public final class Stores {

  private Stores() {}

  /** Returns the given database, or the SQLite file in the data folder if there is none. */
  public static StoreConfig of(@Nullable String database, Path data) {
    return database == null ? StoreConfig.inFolder(data) : new StoreConfig(database);
  }
}
