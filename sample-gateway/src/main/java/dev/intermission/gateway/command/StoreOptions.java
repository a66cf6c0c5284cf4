package dev.intermission.gateway.command;

import dev.intermission.gateway.Stores;
import dev.intermission.gateway.config.ConfigReader;
import dev.intermission.gateway.config.GatewayConfig;
import dev.intermission.gateway.config.Overrides;
import dev.intermission.store.JdbcStore;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which gateway's store a command works on, whether that gateway runs or not. */
final class StoreOptions {

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "The gateway's data folder (INTERMISSION_DATA; ./data).")
  @Nullable Path data;

  @Option(
      names = "--database",
      paramLabel = "URL",
      description = "The JDBC URL of its store (INTERMISSION_DATABASE; SQLite in the data folder).")
  @Nullable String database;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Its YAML file, for what is not given here (INTERMISSION_CONFIG).")
  @Nullable Path file;

  JdbcStore open() {
    Path folder = data == null ? GatewayConfig.DATA : data;
    String url = database;
    if (file != null) {
      GatewayConfig config = new ConfigReader().read(file, Overrides.ofStore(data, database));
      folder = config.data();
      url = config.database();
    }
    return JdbcStore.openExisting(Stores.of(url, folder), Clock.systemUTC());
  }
}
