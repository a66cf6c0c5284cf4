package dev.intermission.gateway.command;

import dev.intermission.gateway.Stores;
import dev.intermission.gateway.config.ConfigReader;
import dev.intermission.gateway.config.GatewayConfig;
import dev.intermission.gateway.config.Given;
import dev.intermission.gateway.config.Key;
import dev.intermission.store.JdbcStore;
import java.nio.file.Path;
import java.time.Clock;

/** The store of a gateway that may be running, for commands beside it. */
final class GivenStore {

  private GivenStore() {}

  /**
   * Opens the store that the options name; what they do not give is read from the configuration
   * file of the gateway.
   */
  static JdbcStore open(Given given) {
    String data = given.text(Key.DATA);
    Path folder = data == null ? GatewayConfig.DATA : Path.of(data);
    String url = given.text(Key.DATABASE);
    if (given.text(Key.CONFIG) != null) {
      GatewayConfig config = ConfigReader.read(given);
      folder = config.data();
      url = config.database();
    }
    return JdbcStore.openExisting(Stores.of(url, folder), Clock.systemUTC());
  }
}
