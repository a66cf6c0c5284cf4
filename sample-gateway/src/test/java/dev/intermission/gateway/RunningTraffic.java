package dev.intermission.gateway;

import dev.intermission.api.ContentType;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.NodeCounts;
import dev.intermission.api.ProxyParts;
import dev.intermission.api.Snapshot;
import dev.intermission.gateway.config.GatewayConfig;
import dev.intermission.gateway.server.Listener;
import dev.intermission.gateway.server.StopTime;
import dev.intermission.trafficlog.trace.Traces;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The traffic side of a gateway alone, on a free port of the loopback interface: it serves the
 * configured proxies, open, without an admin side and its store behind it.
 */
public final class RunningTraffic implements AutoCloseable {

  private final GatewayConfig config;
  private final Listener listener;
  private final TrafficSide side;
  private final AtomicLong version = new AtomicLong();
  private @Nullable Consumer<Snapshot> gate;

  private RunningTraffic(GatewayConfig config, Clock clock, Traces traces) throws Exception {
    this.config = config;
    side =
        new TrafficSide(
            config,
            (environment, consumer) -> {
              gate = consumer;
              serve(true);
              return () -> {};
            },
            clock,
            Map.of(),
            null,
            traces);
    listener = Listener.traffic(config.traffic(), new StopTime(config.shutdownTimeout()));
    listener.start(side.handler());
  }

  /** Starts it with this configuration. */
  public static RunningTraffic start(GatewayConfig config) throws Exception {
    Clock clock = Clock.systemUTC();
    return start(config, clock, new Traces(clock, report -> {}));
  }

  /** Starts it with this configuration and this clock; requests are recorded here. */
  public static RunningTraffic start(GatewayConfig config, Clock clock, Traces traces)
      throws Exception {
    return new RunningTraffic(config, clock, traces);
  }

  /** Serves another snapshot, in which all proxies are open, or all are closed. */
  public void serve(boolean open) {
    serve(open, ProxyParts.NONE);
  }

  /** Serves another snapshot, in which all proxies have these parts. */
  public void serve(boolean open, ProxyParts parts) {
    MaintenanceSettings settings =
        open
            ? MaintenanceSettings.DEFAULT
            : new MaintenanceSettings(true, 503, ContentType.parse("text/plain"), "Back at six");
    long next = version.incrementAndGet();
    Objects.requireNonNull(gate)
        .accept(
            new Snapshot(
                config.environment(),
                next,
                config.catalog().proxies().keySet().stream()
                    .map(proxy -> new DeployedProxy(proxy, next, settings, parts))
                    .collect(Collectors.toMap(DeployedProxy::id, Function.identity()))));
  }

  /** Returns what the traffic side has counted. */
  public NodeCounts counts() {
    return side.counts();
  }

  /** Returns the port of clients. */
  public int port() {
    return listener.port();
  }

  /** Stops it. */
  @Override
  public void close() {
    listener.close();
    side.close();
  }
}
