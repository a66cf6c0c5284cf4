package dev.intermission.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.ContentType;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import dev.intermission.api.ProxyParts;
import dev.intermission.api.Snapshot;
import dev.intermission.filter.MaintenanceFilter;
import dev.intermission.gate.FrontOptions;
import dev.intermission.gate.Gate;
import dev.intermission.gate.GateOptions;
import dev.intermission.gateway.Peer;
import dev.intermission.gateway.RunningGateway;
import dev.intermission.gateway.capture.Captures;
import dev.intermission.gateway.capture.CapturingHandler;
import dev.intermission.gateway.config.Front;
import dev.intermission.gateway.config.UpstreamConfig;
import dev.intermission.gateway.server.Contexts;
import dev.intermission.gateway.server.ErrorBody;
import dev.intermission.jetty.MaintenanceHandler;
import dev.intermission.trafficlog.capture.CaptureWish;
import dev.intermission.trafficlog.capture.CapturedExchange;
import dev.intermission.trafficlog.capture.ExchangeObserver;
import dev.intermission.trafficlog.capture.Observation;
import dev.intermission.trafficlog.capture.Outcome;
import jakarta.servlet.DispatcherType;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Another snapshot is published after a request was begun to be captured. */
class CapturedDecisionTest {

  private static final FrontOptions FRONT = FrontOptions.DEFAULTS.tellingDecisions();

  private static final Duration LONG = Duration.ofSeconds(30);

  private final Gate gate = new Gate(GateOptions.DEFAULTS);
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);
  private final List<CapturedExchange> exchanges = new CopyOnWriteArrayList<>();
  private volatile Runnable beforeFront = () -> {};
  private volatile Runnable behindFront = () -> {};
  private ServerSocket upstream;

  /** Takes everything. */
  private final class Observer implements ExchangeObserver {

    @Override
    public boolean isOn() {
      return true;
    }

    @Override
    public Observation begin(@Nullable ProxyId proxy, String method) {
      return new Observation() {

        @Override
        public CaptureWish wish() {
          return CaptureWish.NOTHING;
        }

        @Override
        public void finished(CapturedExchange exchange) {
          exchanges.add(exchange);
        }
      };
    }
  }

  @BeforeEach
  void openUpstream() throws Exception {
    upstream = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  private void start(Front front) throws Exception {
    Captures captures = new Captures(gate, "production", new Observer(), Clock.systemUTC());
    ReverseProxy proxy =
        new ReverseProxy(
            gate, new UpstreamConfig(LONG, LONG, LONG, 10, false), List.of(), null, null, captures);
    Handler gated =
        front == Front.HANDLER
            ? new MaintenanceHandler(gate, running(() -> behindFront.run(), proxy), FRONT)
            : behindFilter(proxy);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(new CapturingHandler(captures, running(() -> beforeFront.run(), gated)));
    server.start();
  }

  private static Handler running(Runnable first, Handler then) {
    return new Handler.Wrapper(then) {
      @Override
      public boolean handle(Request request, Response response, Callback callback)
          throws Exception {
        first.run();
        return super.handle(request, response, callback);
      }
    };
  }

  private Handler behindFilter(ReverseProxy proxy) {
    ServletContextHandler context = Contexts.withRawPaths(ErrorBody.TRAFFIC);
    FilterHolder filter = new FilterHolder(new MaintenanceFilter(gate, FRONT));
    FilterHolder between =
        new FilterHolder(
            (request, response, chain) -> {
              behindFront.run();
              chain.doFilter(request, response);
            });
    for (FilterHolder one : List.of(filter, between)) {
      one.setAsyncSupported(true);
      context.addFilter(one, "/*", EnumSet.of(DispatcherType.REQUEST));
    }
    ServletHolder servlet = new ServletHolder("proxy", new ProxyServlet(proxy));
    servlet.setInitOrder(0);
    servlet.setAsyncSupported(true);
    context.addServlet(servlet, "/*");
    return context;
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
    upstream.close();
    gate.close();
  }

  private void publish(long version, String name, boolean closed) {
    ApiProxy proxy =
        RunningGateway.proxy(name, "/api", "http://127.0.0.1:" + upstream.getLocalPort());
    MaintenanceSettings settings =
        new MaintenanceSettings(closed, 503, ContentType.parse("text/plain"), "Back at six");
    gate.publish(
        new Snapshot(
            "production",
            version,
            Map.of(proxy.id(), new DeployedProxy(proxy, version, settings, ProxyParts.NONE))));
  }

  private CapturedExchange answered(int status) throws Exception {
    try (Peer client = Peer.connect(connector.getLocalPort())) {
      client.sendHead("GET /api HTTP/1.1", "Host: g");
      assertThat(client.readHead().status()).isEqualTo(status);
    }
    await().atMost(LONG).until(() -> exchanges.size() == 1);
    return exchanges.get(0);
  }

  private CapturedExchange proxied() throws Exception {
    try (Peer client = Peer.connect(connector.getLocalPort())) {
      client.sendHead("GET /api HTTP/1.1", "Host: g");
      try (Peer served = Peer.accept(upstream)) {
        served.readHead();
        served.sendHead("HTTP/1.1 200 OK", "Content-Length: 0");
        assertThat(client.readHead().status()).isEqualTo(200);
      }
    }
    await().atMost(LONG).until(() -> exchanges.size() == 1);
    return exchanges.get(0);
  }

  private static String api(CapturedExchange exchange) {
    return exchange.proxy() == null ? "none" : exchange.proxy().name();
  }

  @ParameterizedTest
  @EnumSource(Front.class)
  void apiThatIsClosedBeforeTheFrontHasDecidedIsBlocked(Front front) throws Exception {
    publish(1, "A", false);
    beforeFront = () -> publish(2, "B", true);
    start(front);
    CapturedExchange exchange = answered(503);
    assertThat(exchange.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(exchange.error()).isNull();
    assertThat(api(exchange)).isEqualTo("B");
  }

  @ParameterizedTest
  @EnumSource(Front.class)
  void apiThatIsOpenedBeforeTheFrontHasDecidedIsServed(Front front) throws Exception {
    publish(1, "A", true);
    beforeFront = () -> publish(2, "A", false);
    start(front);
    assertThat(proxied().outcome()).isEqualTo(Outcome.SUCCESS);
  }

  @ParameterizedTest
  @EnumSource(Front.class)
  void requestThatIsRefusedAfterItsApiWasOpenedIsNotBlocked(Front front) throws Exception {
    publish(1, "A", true);
    beforeFront = () -> publish(2, "A", false);
    behindFront = () -> gate.publish(new Snapshot("production", 3, Map.of()));
    start(front);
    CapturedExchange exchange = answered(404);
    assertThat(exchange.outcome()).isEqualTo(Outcome.ERROR);
    assertThat(exchange.error()).isEqualTo("NO_ROUTE");
    assertThat(api(exchange)).isEqualTo("none");
  }

  @ParameterizedTest
  @EnumSource(Front.class)
  void requestThatGoesToAnotherApiIsThatOnes(Front front) throws Exception {
    publish(1, "A", false);
    behindFront = () -> publish(2, "B", false);
    start(front);
    CapturedExchange exchange = proxied();
    assertThat(exchange.outcome()).isEqualTo(Outcome.SUCCESS);
    assertThat(api(exchange)).isEqualTo("B");
  }

  @ParameterizedTest
  @EnumSource(Front.class)
  void apiThatIsClosedBehindTheFrontIsBlocked(Front front) throws Exception {
    publish(1, "A", false);
    behindFront = () -> publish(2, "B", true);
    start(front);
    CapturedExchange exchange = answered(503);
    assertThat(exchange.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(api(exchange)).isEqualTo("B");
  }
}
