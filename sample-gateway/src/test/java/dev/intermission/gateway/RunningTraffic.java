package dev.intermission.gateway;

import dev.intermission.api.DeployedProxy;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.Snapshot;
import dev.intermission.gateway.config.GatewayConfig;
import dev.intermission.gateway.server.Listener;
import dev.intermission.gateway.server.StopTime;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The traffic side of a gateway alone, on a free port of the loopback interface: it serves the
 * configured proxies, open, without an admin side and its store behind it.
 */
public final class RunningTraffic implements AutoCloseable {

  private final Listener listener;
  private final TrafficSide side;

  private RunningTraffic(Listener listener, TrafficSide side) {
    this.listener = listener;
    this.side = side;
  }

  /** Starts it with this configuration. */
  public static RunningTraffic start(GatewayConfig config) throws Exception {
    Snapshot snapshot =
        new Snapshot(
            config.environment(),
            1,
            config.catalog().proxies().keySet().stream()
                .map(proxy -> new DeployedProxy(proxy, 1, MaintenanceSettings.DEFAULT))
                .collect(Collectors.toMap(DeployedProxy::id, Function.identity())));
    TrafficSide side =
        new TrafficSide(
            config,
            (environment, consumer) -> {
              consumer.accept(snapshot);
              return () -> {};
            });
    Listener listener = Listener.traffic(config.traffic(), new StopTime(config.shutdownTimeout()));
    listener.start(side.handler());
    return new RunningTraffic(listener, side);
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
