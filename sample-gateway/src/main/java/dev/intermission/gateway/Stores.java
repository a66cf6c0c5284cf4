package dev.intermission.gateway;

import dev.intermission.store.StoreConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the store is. */
public final class Stores {

  private Stores() {}

  /** Returns the database where one is named, else the SQLite file in the data folder. */
  public static StoreConfig of(@Nullable String database, Path data) {
    return database == null ? StoreConfig.inFolder(data) : new StoreConfig(database);
  }
}
