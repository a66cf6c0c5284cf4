package dev.intermission.gateway.metrics;

import dev.intermission.api.store.InForce;
import dev.intermission.api.store.ProxyOverview;
import dev.intermission.api.store.SettingsStore;
import dev.intermission.api.store.StoreUnavailableException;
import dev.intermission.feed.server.AdminFeed;
import dev.intermission.feed.server.NodeView;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The meters of the admin side: the nodes of each environment, and how long its closed proxies have
 * been closed. While the store can't be read they are missing, and {@code intermission_store_up} is
 * 0. For one reader at a time.
 */
public final class AdminMetrics {

  private final SettingsStore store;
  private final AdminFeed feed;
  private final Supplier<Collection<ProxyOverview>> proxies;
  private final Clock clock;
  private final MultiGauge up;
  private final MultiGauge nodes;
  private final MultiGauge unsaved;
  private final MultiGauge closedSince;
  private final MultiGauge pastEnd;

  private AdminMetrics(
      MeterRegistry registry,
      SettingsStore store,
      AdminFeed feed,
      Supplier<Collection<ProxyOverview>> proxies,
      Clock clock) {
    this.store = store;
    this.feed = feed;
    this.proxies = proxies;
    this.clock = clock;
    up = gauge(registry, "store.up", "Whether the store can be read: 1 or 0");
    nodes =
        gauge(
            registry,
            "nodes",
            "Gateway nodes: live ones that serve the newest version, live ones that are behind, and silent ones of the last day");
    unsaved =
        gauge(
            registry,
            "proxies.redeploy.required",
            "Deployed API proxies whose saved settings are not the deployed ones");
    closedSince = seconds(registry, "proxy.closed.since", "How long an API proxy has been closed");
    pastEnd =
        seconds(
            registry,
            "proxy.past.end",
            "How long ago the end was that was announced for an API proxy that is still closed");
  }

  private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
    return MultiGauge.builder("intermission." + name).description(description).register(registry);
  }

  private static MultiGauge seconds(MeterRegistry registry, String name, String description) {
    return MultiGauge.builder("intermission." + name)
        .description(description)
        .baseUnit("seconds")
        .register(registry);
  }

  /**
   * Adds the meters of an admin side.
   *
   * @param proxies returns all proxies as they are now
   */
  public static void add(
      GatewayMetrics metrics,
      SettingsStore store,
      AdminFeed feed,
      Supplier<Collection<ProxyOverview>> proxies,
      Clock clock) {
    AdminMetrics added = new AdminMetrics(metrics.registry(), store, feed, proxies, clock);
    metrics.beforeReading(added::refresh);
    Timer propagation =
        Timer.builder("intermission.deployment.propagation")
            .description("How long it took until all live nodes served a deployment")
            .serviceLevelObjectives(
                Duration.ofMillis(50),
                Duration.ofMillis(100),
                Duration.ofMillis(250),
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofMillis(2500),
                Duration.ofSeconds(5))
            .register(metrics.registry());
    feed.addPropagationListener((environment, took) -> propagation.record(took));
  }

  private synchronized void refresh() {
    try {
      show(store.environments(), proxies.get());
    } catch (StoreUnavailableException e) {
      up.register(List.of(Row.of(Tags.empty(), 0)), true);
      List.of(nodes, unsaved, closedSince, pastEnd)
          .forEach(gauge -> gauge.register(List.of(), true));
    }
  }

  private void show(Collection<String> environments, Collection<ProxyOverview> all) {
    List<Row<?>> ofNodes = new ArrayList<>();
    for (String environment : environments) {
      long newest = store.version(environment);
      Map<String, Integer> states = new TreeMap<>(Map.of("live", 0, "behind", 0, "silent", 0));
      for (NodeView node : feed.nodes(environment)) {
        String state = node.live() ? node.servedVersion() < newest ? "behind" : "live" : "silent";
        states.merge(state, 1, Integer::sum);
      }
      states.forEach(
          (state, count) ->
              ofNodes.add(Row.of(Tags.of("environment", environment, "state", state), count)));
    }
    Instant now = clock.instant();
    Map<String, Integer> different = new TreeMap<>();
    environments.forEach(environment -> different.put(environment, 0));
    List<Row<?>> since = new ArrayList<>();
    List<Row<?>> late = new ArrayList<>();
    for (ProxyOverview proxy : all) {
      for (ProxyOverview.At at : proxy.environments()) {
        different.merge(at.environment(), at.redeployRequired() ? 1 : 0, Integer::sum);
        InForce inForce = at.inForce();
        if (inForce != null && inForce.isClosedAt(now)) {
          Tags tags = tags(proxy, at);
          since.add(Row.of(tags, seconds(inForce.sinceAt(now), now)));
          addLate(late, inForce, tags, now);
        }
      }
    }
    nodes.register(ofNodes, true);
    unsaved.register(
        different.entrySet().stream()
            .map(entry -> (Row<?>) Row.of(Tags.of("environment", entry.getKey()), entry.getValue()))
            .toList(),
        true);
    closedSince.register(since, true);
    pastEnd.register(late, true);
    up.register(List.of(Row.of(Tags.empty(), 1)), true);
  }

  private static void addLate(List<Row<?>> late, InForce inForce, Tags tags, Instant now) {
    if (inForce.window().endsAt() != null && now.isAfter(inForce.window().endsAt().instant())) {
      late.add(Row.of(tags, seconds(inForce.window().endsAt().instant(), now)));
    }
  }

  private static Tags tags(ProxyOverview proxy, ProxyOverview.At at) {
    return Tags.of(
        "project",
        proxy.id().project(),
        "proxy",
        proxy.id().name(),
        "environment",
        at.environment());
  }

  private static double seconds(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toMillis()) / 1000.0;
  }
}
