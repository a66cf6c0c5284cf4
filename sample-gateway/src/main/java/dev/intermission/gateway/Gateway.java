package dev.intermission.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermission.admin.access.AccessTokens;
import dev.intermission.admin.reload.ReloadReport;
import dev.intermission.api.SnapshotFeed;
import dev.intermission.api.trace.TraceReceiver;
import dev.intermission.feed.FeedProtocol;
import dev.intermission.gateway.config.GatewayConfig;
import dev.intermission.gateway.config.MetricsAccess;
import dev.intermission.gateway.metrics.GatewayMetrics;
import dev.intermission.gateway.metrics.MetricsPage;
import dev.intermission.gateway.metrics.TokenReaders;
import dev.intermission.gateway.reload.ReloadedCatalog;
import dev.intermission.gateway.reload.Reloader;
import dev.intermission.gateway.server.Listener;
import dev.intermission.gateway.server.StopTime;
import dev.intermission.trafficlog.trace.Traces;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Handler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running gateway, or the part of one that its role needs. This is the place where all parts are
 * put together.
 */
public final class Gateway implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

  private final GatewayConfig config;
  private final ReloadedCatalog catalog;
  private final Reloader reloader;
  private final Clock clock;
  private final Opened opened = new Opened();
  private final StopTime stopTime;
  private final Listener admin;
  private final @Nullable Listener traffic;
  private final @Nullable AdminSide adminSide;
  private final @Nullable NodeSide nodeSide;
  private final @Nullable TrafficSide trafficSide;
  private final @Nullable GatewayMetrics metrics;
  private final Probes probes = new Probes();

  /**
   * Starts a gateway. It answers requests when this method returns, and serves its proxies when
   * {@link #awaitReady} returns.
   *
   * @param tokens what lets operators in here, and this gateway in elsewhere
   * @param beside handlers that answer on the management port without a token, before the
   *     management API
   * @throws IllegalArgumentException if the token is missing
   * @throws dev.intermission.gateway.server.ListenException if it can't listen on a port; nothing
   *     else was changed then
   * @throws dev.intermission.store.StoreException if the data folder or the store can't be used
   */
  public static Gateway start(GatewayConfig config, StartTokens tokens, Handler... beside)
      throws Exception {
    return start(config, tokens, Clock.systemUTC(), beside);
  }

  /** Starts a gateway by this clock. */
  static Gateway start(GatewayConfig config, StartTokens tokens, Clock clock, Handler... beside)
      throws Exception {
    return new Gateway(() -> config, tokens, clock, beside);
  }

  /**
   * Starts a gateway as {@link #start(GatewayConfig, StartTokens, Handler...)} does, which can read
   * its configuration again.
   *
   * @param source reads the configuration; throws a {@link
   *     dev.intermission.gateway.config.ConfigException} if it is faulty
   */
  public static Gateway start(Supplier<GatewayConfig> source, StartTokens tokens, Handler... beside)
      throws Exception {
    return new Gateway(source, tokens, Clock.systemUTC(), beside);
  }

  private Gateway(
      Supplier<GatewayConfig> source, StartTokens tokens, Clock clock, Handler... beside)
      throws Exception {
    config = source.get();
    catalog = new ReloadedCatalog(config.catalog());
    reloader = new Reloader(source, config, catalog);
    this.clock = clock;
    stopTime = new StopTime(config.shutdownTimeout());
    stopTime.delay(config.shutdownDelay());
    metrics = config.metrics() == MetricsAccess.OFF ? null : new GatewayMetrics();
    if (metrics != null) {
      opened.add(metrics::close);
    }
    try {
      traffic = config.role().hasTrafficSide() ? listenForClients() : null;
      admin = Listener.admin(config.admin(), stopTime);
      opened.add(admin::close);
      adminSide = config.role().hasAdminSide() ? openAdminSide(tokens.admin()) : null;
      nodeSide = adminSide == null ? openNodeSide(tokens.feed()) : null;
      trafficSide = traffic == null ? null : openTrafficSide(tokens);

      List<Handler> onAdmin =
          new ArrayList<>(List.of(probes.healthz(), probes.readyz(this::serves, this::describe)));
      onAdmin.addAll(List.of(beside));
      if (metrics != null) {
        onAdmin.add(new MetricsPage(metrics, readers()));
      }
      // Registered twice: closed early to drain requests, and again last as a safety net.
      opened.add(admin::close);
      if (adminSide != null) {
        onAdmin.add(adminSide.handler(reloader));
        opened.add(adminSide::endOpenRequests);
      }
      admin.start(new Handler.Sequence(onAdmin));
      LOG.info("Listening for operators on {}", admin.address());
      if (traffic != null && trafficSide != null) {
        opened.add(traffic::close);
        traffic.start(trafficSide.handler());
        LOG.info("Listening for clients on {}", traffic.address());
      }
      takeReloads();
      probes.running();
    } catch (Exception | Error e) {
      opened.closeAfter(e);
      throw e;
    }
  }

  private MetricsPage.Access readers() {
    return config.metrics() == MetricsAccess.TOKEN && adminSide != null
        ? new TokenReaders(adminSide.tokens())
        : MetricsPage.Access.OPEN;
  }

  private void takeReloads() {
    reloader.add(next -> admin.prepare(next.admin()));
    if (traffic != null) {
      reloader.add(next -> traffic.prepare(next.traffic()));
    }
    if (trafficSide != null) {
      reloader.add(next -> () -> trafficSide.use(next.upstream()));
    }
    reloader.add(
        next ->
            () -> {
              stopTime.limit(next.shutdownTimeout());
              stopTime.delay(next.shutdownDelay());
            });
  }

  private Listener listenForClients() {
    Listener listener = Listener.traffic(config.traffic(), stopTime);
    opened.add(listener::close);
    return listener;
  }

  private AdminSide openAdminSide(@Nullable String token) throws InterruptedException {
    String clients = traffic == null ? null : traffic.url();
    AdminSide side = new AdminSide(config, catalog, nodeName(), clients, clock, metrics);
    opened.add(side::close);
    if (token != null) {
      side.tokens().keep(StartTokens.ADMIN, token);
    }
    return side;
  }

  private NodeSide openNodeSide(@Nullable String token) {
    if (token == null) {
      throw new IllegalArgumentException(
          "The role gateway needs a token for the admin nodes in the variable INTERMISSION_FEED_TOKEN, or in the file that INTERMISSION_FEED_TOKEN_FILE names; './intermission token create' makes one");
    }
    NodeSide side = new NodeSide(config, nodeName(), token, clock);
    opened.add(side::close);
    if (metrics != null) {
      side.measure(metrics);
    }
    return side;
  }

  private TrafficSide openTrafficSide(StartTokens tokens) {
    Traces traces = TrafficSide.traces(config, nodeName(), clock, records());
    TrafficSide side =
        new TrafficSide(config, feed(), clock, tokens.connections(), metrics, traces);
    opened.add(side::close);
    if (metrics != null) {
      NodeSide node = nodeSide;
      metrics.addSnapshotAge(config.environment(), node == null ? side::taken : node::taken, clock);
    }
    return side;
  }

  private SnapshotFeed feed() {
    return adminSide == null ? node().feed() : adminSide.feed();
  }

  private TraceReceiver records() {
    return adminSide == null ? node().traces() : adminSide.traces();
  }

  private NodeSide node() {
    if (nodeSide == null) {
      throw new IllegalStateException("a gateway has an admin side or follows others");
    }
    return nodeSide;
  }

  private String nodeName() {
    String port = traffic == null ? "admin" : String.valueOf(traffic.port());
    return config.node() != null ? config.node() : FeedProtocol.nodeNameHere("-" + port);
  }

  private void describe(ObjectNode state) {
    if (trafficSide != null) {
      state.put("environment", config.environment());
      state.put("servedVersion", trafficSide.servedVersion());
    }
    if (nodeSide != null) {
      nodeSide.describe(state);
    }
  }

  /** Returns whether clients or, without a traffic side, operators get what they ask for. */
  private boolean serves() {
    return trafficSide == null ? adminSide != null && adminSide.ready() : trafficSide.ready();
  }

  /**
   * Waits until the first snapshot is served; returns at once if this process serves no clients.
   */
  public void awaitReady() throws InterruptedException {
    if (trafficSide != null) {
      trafficSide.awaitReady();
    }
  }

  /**
   * Returns the tokens of this gateway.
   *
   * @throws IllegalStateException if its role has no admin side
   */
  public AccessTokens tokens() {
    if (adminSide == null) {
      throw new IllegalStateException("the tokens are in other processes");
    }
    return adminSide.tokens();
  }

  /**
   * Returns the listener of clients.
   *
   * @throws IllegalStateException if its role has no traffic side
   */
  public Listener traffic() {
    if (traffic == null) {
      throw new IllegalStateException("other processes serve clients");
    }
    return traffic;
  }

  /** Returns the listener of operators. */
  public Listener admin() {
    return admin;
  }

  /**
   * Reads the configuration and the certificates again, and puts in force what can change. What
   * came of it is logged too.
   */
  public ReloadReport reload() {
    return reloader.reload();
  }

  /** Returns how long {@link #close} may take. */
  public Duration timeToStop() {
    return stopTime.whole();
  }

  /**
   * Stops: says so at {@code /readyz}, and goes on for the shutdown delay; then accepts no more
   * connections, lets requests in flight finish, cuts those off that would take longer than the
   * shutdown time-out, and then closes the store.
   */
  @Override
  public void close() {
    if (probes.stopping()) {
      waitForBalancers();
    }
    opened.close();
  }

  /** Gives those who ask {@code /readyz} the time to send their requests elsewhere. */
  private void waitForBalancers() {
    try {
      Thread.sleep(stopTime.delay().toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
