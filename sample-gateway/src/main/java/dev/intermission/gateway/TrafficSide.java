package dev.intermission.gateway;

import dev.intermission.api.CountSource;
import dev.intermission.api.GatewayHost;
import dev.intermission.api.GatewayPlugin;
import dev.intermission.api.NodeCounts;
import dev.intermission.api.Snapshot;
import dev.intermission.api.SnapshotFeed;
import dev.intermission.api.trace.TraceReceiver;
import dev.intermission.feed.FeedProtocol;
import dev.intermission.filter.MaintenancePlugin;
import dev.intermission.gate.FrontOptions;
import dev.intermission.gate.Gate;
import dev.intermission.gate.GateOptions;
import dev.intermission.gateway.capture.Captures;
import dev.intermission.gateway.capture.CapturingHandler;
import dev.intermission.gateway.config.Front;
import dev.intermission.gateway.config.GatewayConfig;
import dev.intermission.gateway.config.LogConfig;
import dev.intermission.gateway.config.UpstreamConfig;
import dev.intermission.gateway.metrics.GatewayMetrics;
import dev.intermission.gateway.proxy.PastServlets;
import dev.intermission.gateway.proxy.ProxyServlet;
import dev.intermission.gateway.proxy.ReverseProxy;
import dev.intermission.gateway.server.Contexts;
import dev.intermission.gateway.server.ErrorBody;
import dev.intermission.jetty.MaintenanceHandler;
import dev.intermission.trafficlog.TrafficLog;
import dev.intermission.trafficlog.capture.TwoObservers;
import dev.intermission.trafficlog.connection.LogConnection;
import dev.intermission.trafficlog.connection.LogTarget;
import dev.intermission.trafficlog.trace.Traces;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Handler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gate, and behind it the reverse proxy. */
final class TrafficSide implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TrafficSide.class);

  /** The traffic log is told what the front decides. */
  private static final FrontOptions FRONT = FrontOptions.DEFAULTS.tellingDecisions();

  private final ReverseProxy proxy;
  private final Front front;
  private final CountDownLatch served = new CountDownLatch(1);
  private final Clock clock;
  private final GatewayPlugin plugin;
  private final Gate gate;
  private final TrafficLog log;
  private final Traces traces;
  private final Captures captures;
  private volatile @Nullable Instant taken;

  /**
   * Begins to follow the feed.
   *
   * @param secrets the values of the variables that connections of the traffic log name
   * @param traces records requests by the snapshots of the feed; is closed with the traffic side
   * @throws IllegalArgumentException if one is missing
   */
  TrafficSide(
      GatewayConfig config,
      SnapshotFeed feed,
      Clock clock,
      Map<String, String> secrets,
      @Nullable GatewayMetrics metrics,
      Traces traces) {
    this.clock = clock;
    this.traces = traces;
    front = config.front();
    log = log(config, secrets);
    plugin =
        new MaintenancePlugin(
            GateOptions.FOR_FEED.withTrustedProxies(config.trustedProxies()), FRONT);
    try {
      plugin.start(new Host(config.environment(), feed, this::comes, this::delivered));
      gate = plugin.front(Gate.class).orElseThrow();
      captures = new Captures(gate, config.environment(), new TwoObservers(log, traces), clock);
      proxy =
          new ReverseProxy(
              gate,
              config.upstream(),
              config.trustedProxies(),
              config.drainTimeout(),
              metrics == null ? null : metrics.requests()::ended,
              captures);
      if (metrics != null) {
        metrics.addGate(gate, config.environment());
        metrics.addUpstreams(proxy);
        metrics.addTrafficLog(log);
      }
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /**
   * Makes what records requests.
   *
   * @param node the name of this gateway
   * @param receiver takes the records
   */
  static Traces traces(GatewayConfig config, String node, Clock clock, TraceReceiver receiver) {
    // What was counted by a process before is not counted once more.
    String run = FeedProtocol.newRun();
    return new Traces(clock, report -> receiver.receive(config.environment(), node, run, report));
  }

  private static TrafficLog log(GatewayConfig config, Map<String, String> secrets) {
    List<LogConnection> connections = config.log().in(config.environment());
    String name = config.log().accessLog();
    LogConnection lines =
        name.equals(LogConfig.STDOUT)
            ? new LogConnection(name, Set.of(), new LogTarget.StandardOutput())
            : connections.stream().filter(one -> one.name().equals(name)).findFirst().orElse(null);
    return new TrafficLog(lines, connections, secrets);
  }

  /** What is private is known before the first request goes by the snapshot. */
  private void comes(Snapshot snapshot) {
    try {
      log.take(snapshot);
      traces.take(snapshot);
    } catch (RuntimeException e) {
      LOG.error("What is logged and recorded of requests stays as it was before this snapshot", e);
    }
  }

  private void delivered(Snapshot snapshot) {
    taken = clock.instant();
    served.countDown();
  }

  /** The host of the plugin; tells of each snapshot that is served. */
  private record Host(
      String environment,
      SnapshotFeed source,
      Consumer<Snapshot> comes,
      Consumer<Snapshot> delivered)
      implements GatewayHost {

    @Override
    public SnapshotFeed feed() {
      return new SnapshotFeed() {
        @Override
        public Subscription follow(String name, Consumer<Snapshot> consumer) {
          return source.follow(name, telling(consumer));
        }

        @Override
        public Subscription follow(String name, Consumer<Snapshot> consumer, CountSource counts) {
          return source.follow(name, telling(consumer), counts);
        }
      };
    }

    private Consumer<Snapshot> telling(Consumer<Snapshot> consumer) {
      return snapshot -> {
        comes.accept(snapshot);
        consumer.accept(snapshot);
        delivered.accept(snapshot);
      };
    }
  }

  /** Returns the handler for clients. */
  Handler handler() {
    Handler served =
        front == Front.HANDLER ? new MaintenanceHandler(gate, proxy, FRONT) : behindFilter();
    return new CapturingHandler(captures, served);
  }

  private Handler behindFilter() {
    ServletContextHandler context = Contexts.withRawPaths(ErrorBody.TRAFFIC);
    FilterHolder filter = new FilterHolder(plugin.front(Filter.class).orElseThrow());
    filter.setAsyncSupported(true);
    context.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST));
    ServletHolder servlet = new ServletHolder("proxy", new ProxyServlet(proxy));
    servlet.setInitOrder(0);
    servlet.setAsyncSupported(true);
    context.addServlet(servlet, "/*");
    return new PastServlets(context, proxy);
  }

  /** Takes another configuration of upstreams for the requests from now on. */
  void use(UpstreamConfig next) {
    proxy.use(next);
  }

  /** Waits until the first snapshot is served. */
  void awaitReady() throws InterruptedException {
    served.await();
  }

  /** Returns whether a snapshot is served. */
  boolean ready() {
    return gate.ready();
  }

  /** Returns when the snapshot came that is served, or null before the first. */
  @Nullable Instant taken() {
    return taken;
  }

  /** Returns the version that is served; 0 before the first. */
  long servedVersion() {
    return gate.servedVersion();
  }

  /** Returns what was counted of requests. */
  NodeCounts counts() {
    return gate.counts();
  }

  /** Ends the delivery of snapshots, the recording of requests, and the traffic log. */
  @Override
  public void close() {
    plugin.close();
    traces.close();
    log.close();
  }
}
