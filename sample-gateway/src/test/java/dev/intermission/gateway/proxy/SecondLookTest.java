package dev.intermission.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.BypassToken;
import dev.intermission.api.ContentType;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyParts;
import dev.intermission.api.Snapshot;
import dev.intermission.api.TokenHash;
import dev.intermission.gate.Gate;
import dev.intermission.gate.GateOptions;
import dev.intermission.gate.InFlight;
import dev.intermission.gateway.Peer;
import dev.intermission.gateway.Peer.Head;
import dev.intermission.gateway.RunningGateway;
import dev.intermission.gateway.config.UpstreamConfig;
import dev.intermission.jetty.MaintenanceHandler;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An API is closed after the front has let a request pass, and before the proxy counts it. */
class SecondLookTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final Gate gate = new Gate(GateOptions.DEFAULTS);
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);
  private volatile Runnable between = () -> {};
  private ServerSocket upstream;
  private ApiProxy proxy;

  @BeforeEach
  void start() throws Exception {
    upstream = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    proxy = RunningGateway.proxy("A", "/api", "http://127.0.0.1:" + upstream.getLocalPort());
    ReverseProxy behind =
        new ReverseProxy(gate, new UpstreamConfig(LONG, LONG, LONG, 10, false), List.of(), null);
    Handler.Wrapper inBetween =
        new Handler.Wrapper(behind) {
          @Override
          public boolean handle(Request request, Response response, Callback callback)
              throws Exception {
            between.run();
            return super.handle(request, response, callback);
          }
        };
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(new MaintenanceHandler(gate, inBetween));
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
    upstream.close();
    gate.close();
  }

  private void publish(long version, boolean closed, BypassToken... tokens) {
    MaintenanceSettings settings =
        new MaintenanceSettings(closed, 503, ContentType.parse("text/plain"), "Back at six");
    gate.publish(
        new Snapshot(
            "production",
            version,
            Map.of(
                proxy.id(),
                new DeployedProxy(proxy, version, settings, new ProxyParts(List.of(tokens))))));
  }

  private static BypassToken token() {
    Instant now = Instant.now();
    return new BypassToken(
        "id", "", TokenHash.of("imb_testers"), "admin", now, now.plus(Duration.ofHours(1)));
  }

  private Peer client() throws Exception {
    return Peer.connect(connector.getLocalPort());
  }

  private void assertInFlight(int passed, int letIn) {
    assertThat(gate.inFlight().of(proxy.id())).isEqualTo(new InFlight.Reading(passed, letIn));
  }

  @Test
  void requestToAnApiThatWasClosedMeanwhileIsAnswered() throws Exception {
    publish(1, false);
    between = () -> publish(2, true);
    try (Peer client = client().sendHead("GET /api HTTP/1.1", "Host: g")) {
      Head head = client.readHead();
      assertThat(head.status()).isEqualTo(503);
      assertThat(client.readBody(head)).isEqualTo("Back at six");
    }
    assertInFlight(0, 0);
    assertThat(gate.counts().proxies().get(0).answers()).isEqualTo(1);
  }

  @Test
  void bypassTokenThatTheFrontHasHiddenStillLetsIn() throws Exception {
    publish(1, false, token());
    between = () -> publish(2, true, token());
    try (Peer client =
            client().sendHead("GET /api HTTP/1.1", "Host: g", "Intermission-Bypass: imb_testers");
        Peer served = Peer.accept(upstream)) {
      assertThat(served.readHead().values("Intermission-Bypass")).isEmpty();
      assertInFlight(0, 1);
      served.sendHead("HTTP/1.1 200 OK", "Content-Length: 0");
      Head head = client.readHead();
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.value("Cache-Control")).isEqualTo("no-store");
    }
    assertThat(gate.counts().proxies().get(0).bypassed()).isEqualTo(1);
  }

  @Test
  void requestThatWasLetInIsDecidedOnce() throws Exception {
    publish(1, true, token());
    between = () -> publish(2, true);
    try (Peer client =
            client().sendHead("GET /api HTTP/1.1", "Host: g", "Intermission-Bypass: imb_testers");
        Peer served = Peer.accept(upstream)) {
      served.readHead();
      assertInFlight(0, 1);
      served.sendHead("HTTP/1.1 200 OK", "Content-Length: 0");
      assertThat(client.readHead().status()).isEqualTo(200);
    }
    assertThat(gate.counts().proxies().get(0).bypassed()).isEqualTo(1);
    assertThat(gate.counts().proxies().get(0).answers()).isZero();
  }
}
