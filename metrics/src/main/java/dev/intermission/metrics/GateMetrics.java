package dev.intermission.metrics;

import dev.intermission.api.ProxyCounts;
import dev.intermission.api.ProxyId;
import dev.intermission.gate.Gate;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * What a gate serves, and what became of the requests to closed proxies. It reads what the gate
 * counts anyway, so a request pays nothing for it. Thread-safe.
 *
 * <ul>
 *   <li>{@code intermission.snapshot.version}: the version in force
 *   <li>{@code intermission.proxies.closed}: how many proxies are closed
 *   <li>{@code intermission.gate.answers}, {@code .admitted} and {@code .bypassed}: the requests to
 *       a closed proxy since it was closed, with the tags {@code project}, {@code proxy} and {@code
 *       environment}; a proxy has them from the first request on until it is opened
 *   <li>{@code intermission.proxy.in.flight}: the requests in flight to a closed proxy, with these
 *       tags and {@code passed}: {@code open} for those that passed because it was open, {@code
 *       let-in} for those that were let in on purpose; if the gate counts them
 * </ul>
 *
 * <p>The meters of single proxies come and go in {@link #refresh}. Call it before each time that
 * the meters are read, or every few seconds.
 */
public final class GateMetrics implements MeterBinder {

  private final Gate gate;
  private final String environment;

  // Guarded by this.
  private final List<MeterRegistry> registries = new ArrayList<>();
  private final Map<ProxyId, OfProxy> known = new HashMap<>();

  /** Makes the meters of a gate that serves this environment. */
  public GateMetrics(Gate gate, String environment) {
    this.gate = gate;
    this.environment = environment;
  }

  /** The last counts of a proxy, and the meters that read them. */
  private static final class OfProxy {

    private volatile ProxyCounts counts;
    private final Map<MeterRegistry, List<Meter>> meters = new HashMap<>();

    OfProxy(ProxyCounts counts) {
      this.counts = counts;
    }
  }

  @Override
  public synchronized void bindTo(MeterRegistry registry) {
    Tags tags = Tags.of("environment", environment);
    Gauge.builder("intermission.snapshot.version", gate, Gate::servedVersion)
        .description("The version of the snapshot in force; 0 before the first")
        .tags(tags)
        .strongReference(true)
        .register(registry);
    Gauge.builder("intermission.proxies.closed", gate, of -> of.current().closedProxies())
        .description("How many API proxies are closed")
        .tags(tags)
        .strongReference(true)
        .register(registry);
    registries.add(registry);
    known.values().forEach(proxy -> proxy.meters.put(registry, meters(proxy, registry)));
  }

  /** Brings the meters of single proxies up to date. */
  public synchronized void refresh() {
    Set<ProxyId> gone = new HashSet<>(known.keySet());
    for (ProxyCounts counts : gate.counts().proxies()) {
      gone.remove(counts.proxy());
      OfProxy proxy = known.get(counts.proxy());
      if (proxy == null) {
        OfProxy added = new OfProxy(counts);
        known.put(counts.proxy(), added);
        registries.forEach(registry -> added.meters.put(registry, meters(added, registry)));
      } else {
        proxy.counts = counts;
      }
    }
    for (ProxyId id : gone) {
      known.remove(id).meters.forEach((registry, meters) -> meters.forEach(registry::remove));
    }
  }

  private List<Meter> meters(OfProxy proxy, MeterRegistry registry) {
    ProxyId id = proxy.counts.proxy();
    Tags tags = Tags.of("project", id.project(), "proxy", id.name(), "environment", environment);
    List<Meter> meters = new ArrayList<>();
    meters.add(
        counter("answers", "got the maintenance response", ProxyCounts::answers, proxy, tags)
            .register(registry));
    meters.add(
        counter("admitted", "were let in by an exemption", ProxyCounts::admitted, proxy, tags)
            .register(registry));
    meters.add(
        counter("bypassed", "were let in by a bypass token", ProxyCounts::bypassed, proxy, tags)
            .register(registry));
    if (gate.inFlight().isCounted()) {
      meters.add(inFlight("open", ProxyCounts::inFlight, proxy, tags).register(registry));
      meters.add(inFlight("let-in", ProxyCounts::letIn, proxy, tags).register(registry));
    }
    return meters;
  }

  private static FunctionCounter.Builder<OfProxy> counter(
      String name, String what, ToDoubleFunction<ProxyCounts> count, OfProxy proxy, Tags tags) {
    return FunctionCounter.builder(
            "intermission.gate." + name, proxy, of -> count.applyAsDouble(of.counts))
        .description("Requests to a closed API proxy that " + what + ", since it was closed")
        .tags(tags);
  }

  private static Gauge.Builder<OfProxy> inFlight(
      String passed, ToDoubleFunction<ProxyCounts> count, OfProxy proxy, Tags tags) {
    return Gauge.builder(
            "intermission.proxy.in.flight", proxy, of -> count.applyAsDouble(of.counts))
        .description(
            "Requests in flight to a closed API proxy, that passed while it was open or were let in on purpose")
        .tags(tags)
        .tag("passed", passed);
  }
}
