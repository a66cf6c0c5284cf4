package dev.intermission.gateway.demo;

import dev.intermission.gateway.config.ConfigReader;
import dev.intermission.gateway.config.GatewayConfig;
import dev.intermission.gateway.config.Given;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The configuration of the demo; it listens on the loopback interface unless told otherwise. */
public final class DemoConfig {

  private static final List<String> PATHS = List.of("/api/v1", "/petstore", "/orders", "/other");

  private DemoConfig() {}

  /** Returns the paths of the proxies. */
  public static List<String> paths() {
    return PATHS;
  }

  /**
   * Returns the configuration with the given values, and with upstreams at the addresses of the
   * paths.
   *
   * @throws dev.intermission.gateway.config.ConfigException if a given value is not allowed
   */
  public static GatewayConfig of(Function<String, URI> address, Given given) {
    return ConfigReader.read(yaml(PATHS.stream().map(address).toArray()), given);
  }

  private static String yaml(Object... addresses) {
    return String.format(
        Locale.ROOT,
        """
        traffic: {host: 127.0.0.1}
        environments: [production, staging]
        projects:
          MyProject:
            proxies:
              MyAPI:
                relativePathList: [/api/v1]
                routingAddressList: [{address: "%s"}]
                deployTo: [production]
              petstore-api:
                relativePathList: [/petstore]
                routingAddressList: [{address: "%s"}]
                deployTo: [production]
              orders-api:
                relativePathList: [/orders]
                routingAddressList: [{address: "%s"}]
                deployTo: [production]
          OtherProject:
            proxies:
              OtherAPI:
                relativePathList: [/other]
                routingAddressList: [{address: "%s"}]
                deployTo: [production]
        users:
          admin: {systemAdministrator: true}
          operator: {rights: {MyProject: [MANAGE, DEPLOY_UNDEPLOY, VIEW]}}
          viewer: {rights: {MyProject: [VIEW]}}
          outsider: {rights: {OtherProject: [VIEW]}}
        """,
        addresses);
  }
}
