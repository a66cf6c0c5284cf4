package dev.intermission.bench.jmh;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.ContentType;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import dev.intermission.api.RoutingAddress;
import dev.intermission.api.Snapshot;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * An environment with many proxies, as a company might have them: {@code /team-42/api-4242/v1}, and
 * each proxy with an even number is closed.
 */
final class Environment {

  static final String HOST = "api.example.com";

  private static final int TEAMS = 100;
  private static final ContentType JSON = ContentType.parse("application/json; charset=utf-8");
  private static final String MESSAGE =
      "{\"message\":\"We are back at six o'clock. Until then, see https://status.example.com\"}";
  private static final List<RoutingAddress> UPSTREAM =
      List.of(new RoutingAddress(URI.create("http://upstream:8080"), 1, false));

  private Environment() {}

  static String path(int proxy) {
    return "/team-" + proxy % TEAMS + "/api-" + proxy + "/v1";
  }

  static DeployedProxy proxy(int number, boolean closed, long revision, List<String> hosts) {
    ApiProxy proxy =
        new ApiProxy(
            new ProxyId("project-" + number % TEAMS, "api-" + number),
            "",
            "REST",
            List.of(path(number)),
            hosts,
            UPSTREAM,
            List.of(),
            "PRIVATE",
            false);
    return new DeployedProxy(proxy, revision, new MaintenanceSettings(closed, 503, JSON, MESSAGE));
  }

  /** Returns a snapshot of so many proxies, for any host. */
  static Snapshot snapshot(int proxies) {
    return snapshot(proxies, List.of());
  }

  static Snapshot snapshot(int proxies, List<String> hosts) {
    Map<ProxyId, DeployedProxy> all = new HashMap<>(proxies * 4 / 3 + 1);
    for (int number = 0; number < proxies; number++) {
      DeployedProxy proxy = proxy(number, number % 2 == 0, 1, hosts);
      all.put(proxy.id(), proxy);
    }
    return new Snapshot("production", 1, all);
  }

  /**
   * Returns paths to ask for in turn, so many that neither the processor's caches nor its branch
   * prediction know them by heart; spread over all proxies.
   */
  static String[] paths(int proxies, IntFunction<String> pathOf) {
    String[] paths = new String[1 << 12];
    for (int i = 0; i < paths.length; i++) {
      paths[i] = pathOf.apply((int) (i * 7_919L % proxies));
    }
    return paths;
  }
}
