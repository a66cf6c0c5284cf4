package dev.intermission.gateway.metrics;

import dev.intermission.gate.Gate;
import dev.intermission.gateway.proxy.ReverseProxy;
import dev.intermission.metrics.GateMetrics;
import dev.intermission.metrics.RequestMetrics;
import dev.intermission.store.StoreObserver;
import dev.intermission.trafficlog.TrafficLog;
import dev.intermission.trafficlog.delivery.Delivery;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The meters of one gateway process. Thread-safe. */
public final class GatewayMetrics implements AutoCloseable {

  /** The media type of {@link #text}. */
  static final String CONTENT_TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics garbage = new JvmGcMetrics();
  private final List<Runnable> readers = new CopyOnWriteArrayList<>();

  /** Makes the meters of the JVM and the process. */
  public GatewayMetrics() {
    garbage.bindTo(registry);
    List.of(
            new JvmMemoryMetrics(),
            new JvmThreadMetrics(),
            new ClassLoaderMetrics(),
            new ProcessorMetrics(),
            new UptimeMetrics(),
            new FileDescriptorMetrics())
        .forEach(binder -> binder.bindTo(registry));
  }

  /** Returns what the meters are registered with. */
  MeterRegistry registry() {
    return registry;
  }

  /** Runs this each time before the meters are read. */
  void beforeReading(Runnable reader) {
    readers.add(reader);
  }

  /** Adds those of a gate that serves this environment. */
  public void addGate(Gate gate, String environment) {
    GateMetrics metrics = new GateMetrics(gate, environment);
    metrics.bindTo(registry);
    beforeReading(metrics::refresh);
  }

  /** Returns what takes the times of requests to upstreams. */
  public RequestMetrics requests() {
    return new RequestMetrics(registry);
  }

  /** Adds the connections of a proxy to its upstreams. */
  public void addUpstreams(ReverseProxy proxy) {
    connections("active", proxy, of -> of.connections().active());
    connections("idle", proxy, of -> of.connections().idle());
    Gauge.builder("intermission.upstream.waiting", proxy, of -> of.connections().waiting())
        .description("Requests that wait for a connection to their upstream")
        .register(registry);
  }

  private void connections(String state, ReverseProxy proxy, ToDoubleFunction<ReverseProxy> count) {
    Gauge.builder("intermission.upstream.connections", proxy, count)
        .description(
            "Connections to upstreams: active ones have a request, idle ones are kept for later ones")
        .tag("state", state)
        .register(registry);
  }

  /** Adds what the connections of the traffic log have dropped and delivered, and what waits. */
  public void addTrafficLog(TrafficLog log) {
    for (Delivery delivery : log.deliveries()) {
      FunctionCounter.builder("intermission.trafficlog.dropped", delivery, Delivery::dropped)
          .description("Records of the traffic log that were dropped")
          .tag("connection", delivery.name())
          .register(registry);
      FunctionCounter.builder("intermission.trafficlog.delivered", delivery, Delivery::delivered)
          .description("Records of the traffic log that were delivered")
          .tag("connection", delivery.name())
          .register(registry);
      Gauge.builder("intermission.trafficlog.waiting", delivery, Delivery::waiting)
          .description("Records of the traffic log that wait for their connection")
          .tag("connection", delivery.name())
          .register(registry);
    }
  }

  /**
   * Adds the age of the snapshot in force.
   *
   * @param taken when it came to this process, or null before the first
   */
  public void addSnapshotAge(String environment, Supplier<@Nullable Instant> taken, Clock clock) {
    Gauge.builder("intermission.snapshot.age", taken, of -> age(of.get(), clock))
        .description("How long ago the snapshot in force came to this node")
        .baseUnit("seconds")
        .tag("environment", environment)
        .strongReference(true)
        .register(registry);
  }

  private static double age(@Nullable Instant taken, Clock clock) {
    return taken == null
        ? Double.NaN
        : Math.max(0, Duration.between(taken, clock.instant()).toMillis()) / 1000.0;
  }

  /** Adds a state of this node's feed: 1 or 0. */
  public void addFeedState(String name, String description, Supplier<Boolean> state) {
    Gauge.builder("intermission.feed." + name, state, of -> of.get() ? 1 : 0)
        .description(description)
        .strongReference(true)
        .register(registry);
  }

  /** Returns what takes the times of the store's transactions. */
  public StoreObserver store() {
    Timer reads = storeTimer(StoreObserver.READ);
    Timer writes = storeTimer(StoreObserver.WRITE);
    return (operation, nanos) ->
        (operation.equals(StoreObserver.READ) ? reads : writes).record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer storeTimer(String operation) {
    return Timer.builder("intermission.store")
        .description("How long transactions of the store took, with the wait for a connection")
        .tag("operation", operation)
        .register(registry);
  }

  /**
   * Returns all meters as text of the format OpenMetrics. One reader at a time: to refresh a meter
   * takes its rows away for a moment.
   */
  synchronized String text() {
    readers.forEach(Runnable::run);
    return registry.scrape(CONTENT_TYPE);
  }

  @Override
  public void close() {
    garbage.close();
    registry.close();
  }
}
