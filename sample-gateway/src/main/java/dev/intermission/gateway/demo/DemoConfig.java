package dev.intermission.gateway.demo;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.ProxyId;
import dev.intermission.api.Right;
import dev.intermission.api.RoutingAddress;
import dev.intermission.api.User;
import dev.intermission.gateway.config.FeedConfig;
import dev.intermission.gateway.config.Front;
import dev.intermission.gateway.config.GatewayConfig;
import dev.intermission.gateway.config.ListenerConfig;
import dev.intermission.gateway.config.Overrides;
import dev.intermission.gateway.config.Role;
import dev.intermission.gateway.config.UpstreamConfig;
import dev.intermission.gateway.config.YamlCatalog;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** What the demo serves; on the loopback interface only, if not told otherwise. */
public final class DemoConfig {

  private static final String MY_PROJECT = "MyProject";
  private static final String OTHER_PROJECT = "OtherProject";
  private static final String PRODUCTION = "production";

  private static final Map<ProxyId, String> PATHS = new LinkedHashMap<>();

  static {
    PATHS.put(new ProxyId(MY_PROJECT, "MyAPI"), "/api/v1");
    PATHS.put(new ProxyId(MY_PROJECT, "petstore-api"), "/petstore");
    PATHS.put(new ProxyId(MY_PROJECT, "orders-api"), "/orders");
    PATHS.put(new ProxyId(OTHER_PROJECT, "OtherAPI"), "/other");
  }

  private DemoConfig() {}

  /** Returns the paths of the proxies. */
  public static List<String> paths() {
    return List.copyOf(PATHS.values());
  }

  /**
   * Returns the configuration with these overrides, and upstreams at the addresses of paths.
   *
   * @throws IllegalArgumentException if the overrides want something else than all in one process
   */
  public static GatewayConfig of(Function<String, URI> address, Overrides overrides) {
    if (Overrides.or(overrides.role(), Role.ALL) != Role.ALL || overrides.feed() != null) {
      throw new IllegalArgumentException(
          "The demo runs all in one process; use 'serve' for the roles admin and gateway");
    }
    return new GatewayConfig(
        Role.ALL,
        Overrides.or(overrides.environment(), GatewayConfig.ENVIRONMENT),
        overrides.node(),
        Overrides.or(overrides.front(), Front.HANDLER),
        Overrides.or(overrides.data(), GatewayConfig.DATA),
        overrides.database(),
        GatewayConfig.SHUTDOWN_TIMEOUT,
        ListenerConfig.TRAFFIC.at("127.0.0.1", null).at(overrides.host(), overrides.port()),
        ListenerConfig.ADMIN.at(overrides.adminHost(), overrides.adminPort()),
        UpstreamConfig.DEFAULTS,
        FeedConfig.NONE,
        new YamlCatalog(
            Set.of(PRODUCTION, "staging"),
            Set.of(MY_PROJECT, OTHER_PROJECT),
            proxies(address),
            users()));
  }

  private static Map<ApiProxy, Set<String>> proxies(Function<String, URI> address) {
    Map<ApiProxy, Set<String>> proxies = new LinkedHashMap<>();
    PATHS.forEach(
        (id, path) ->
            proxies.put(
                ApiProxy.of(id, path, new RoutingAddress(address.apply(path), 1, false)),
                Set.of(PRODUCTION)));
    return proxies;
  }

  private static Set<User> users() {
    return Set.of(
        new User("admin", true, Map.of(), null),
        user("operator", MY_PROJECT, Right.MANAGE, Right.DEPLOY_UNDEPLOY, Right.VIEW),
        user("viewer", MY_PROJECT, Right.VIEW),
        user("outsider", OTHER_PROJECT, Right.VIEW));
  }

  private static User user(String name, String project, Right... rights) {
    return new User(name, false, Map.of(project, Set.of(rights)), null);
  }
}
