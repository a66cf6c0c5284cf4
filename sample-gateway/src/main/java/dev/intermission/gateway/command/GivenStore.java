package dev.intermission.gateway.command;

import dev.intermission.gateway.Stores;
import dev.intermission.gateway.config.ConfigReader;
import dev.intermission.gateway.config.GatewayConfig;
import dev.intermission.gateway.config.Given;
import dev.intermission.gateway.config.Key;
import dev.intermission.store.JdbcStore;
import java.nio.file.Path;
import java.time.Clock;

/** The store of a gateway, whether that gateway runs or not. */
final class GivenStore {

  private GivenStore() {}

  /** Opens the store that is given; the file of the gateway is read for what is not. */
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
