package dev.intermission.bench.compare;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.ContentType;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import dev.intermission.api.RoutingAddress;
import dev.intermission.api.Snapshot;
import dev.intermission.gate.Gate;
import dev.intermission.gate.GateOptions;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** The proxies among which the one that is asked for must be found. */
final class Routes {

  /** The path that the load asks for; its proxy is in the middle of all. */
  private static final String REQUESTED = "/team-50/api-5050/orders/17";

  private static final int PROXIES = 10_000;
  private static final int TEAMS = 100;
  private static final RoutingAddress UPSTREAM =
      new RoutingAddress(URI.create("http://127.0.0.1:9"), 1, false);

  private Routes() {}

  /** Returns what the load asks for of a server on this port. */
  static URI url(int port) {
    return URI.create("http://127.0.0.1:" + port + REQUESTED);
  }

  static List<String> prefixes() {
    return IntStream.range(0, PROXIES)
        .mapToObj(i -> String.format(Locale.ROOT, "/team-%d/api-%d", i % TEAMS, i))
        .toList();
  }

  /** Returns a gate at which all proxies are open. */
  static Gate open() {
    return gate(false, OptionalSetting.NONE);
  }

  /** Returns a gate at which all proxies are closed, with this setting besides. */
  static Gate closed(OptionalSetting setting) {
    return gate(true, setting);
  }

  private static Gate gate(boolean closed, OptionalSetting setting) {
    MaintenanceSettings settings =
        setting.in(
            new MaintenanceSettings(
                closed,
                ReceivedAnswer.CLOSED,
                ContentType.parse(ReceivedAnswer.CONTENT_TYPE),
                ReceivedAnswer.BODY));
    Map<ProxyId, DeployedProxy> proxies = new HashMap<>();
    for (String prefix : prefixes()) {
      ProxyId id = new ProxyId("bench", prefix);
      proxies.put(id, new DeployedProxy(ApiProxy.of(id, prefix, UPSTREAM), 1, settings));
    }
    Gate gate = new Gate(GateOptions.DEFAULTS);
    gate.publish(new Snapshot("production", 1, proxies));
    return gate;
  }
}
