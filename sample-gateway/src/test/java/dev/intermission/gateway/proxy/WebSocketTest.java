package dev.intermission.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.gateway.Certificates;
import dev.intermission.gateway.RunningGateway;
import dev.intermission.gateway.RunningTraffic;
import dev.intermission.gateway.config.GatewayConfig;
import dev.intermission.gateway.config.ListenerConfig;
import dev.intermission.gateway.config.TlsConfig;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.ExtensionConfig;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.client.ClientUpgradeRequest;
import org.eclipse.jetty.websocket.client.WebSocketClient;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A WebSocket client and server of Jetty with the gateway between them. */
class WebSocketTest {

  private static final int MIB = 1 << 20;

  private final BlockingQueue<WebSocketEnd> served = new LinkedBlockingQueue<>();
  private final Server upstream = new Server(0);
  private WebSocketClient client;
  private RunningTraffic gateway;
  @TempDir private Path folder;

  @BeforeEach
  void start() throws Exception {
    WebSocketUpgradeHandler sockets =
        WebSocketUpgradeHandler.from(
            upstream,
            container ->
                container.addMapping(
                    "/echo",
                    (request, response, callback) -> {
                      if (request.hasSubProtocol("chat")) {
                        response.setAcceptedSubProtocol("chat");
                      }
                      WebSocketEnd end = new WebSocketEnd(true);
                      served.add(end);
                      return end;
                    }));
    upstream.setHandler(sockets);
    upstream.start();
    HttpClient http = new HttpClient();
    http.setSslContextFactory(new SslContextFactory.Client(true));
    client = new WebSocketClient(http);
    client.start();
    gateway = RunningTraffic.start(config());
  }

  private GatewayConfig config() {
    int port = ((ServerConnector) upstream.getConnectors()[0]).getLocalPort();
    return RunningGateway.draining(
        Duration.ofMillis(100),
        RunningGateway.config(
            Path.of("unused"), RunningGateway.proxy("A", "/api", "http://127.0.0.1:" + port)));
  }

  @AfterEach
  void stop() throws Exception {
    client.stop();
    gateway.close();
    upstream.stop();
  }

  private WebSocketEnd connect() throws Exception {
    return connect(new ClientUpgradeRequest(address("ws")));
  }

  private URI address(String scheme) {
    return URI.create(scheme + "://127.0.0.1:" + gateway.port() + "/api/echo");
  }

  private WebSocketEnd connect(ClientUpgradeRequest request) throws Exception {
    WebSocketEnd end = new WebSocketEnd(false);
    client.connect(end, request).get(1, TimeUnit.MINUTES);
    return end;
  }

  private WebSocketEnd accepted() throws InterruptedException {
    WebSocketEnd end = served.poll(1, TimeUnit.MINUTES);
    assertThat(end).isNotNull();
    return end;
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  @Test
  void textsAndBytesOfAnySizeComeBack() throws Exception {
    WebSocketEnd end = connect();
    for (int size : new int[] {0, 1, 125, 126, 65_535, 65_536, MIB}) {
      String text = "é".repeat(size / 2) + "x".repeat(size % 2);
      end.session().sendText(text, Callback.NOOP);
      assertThat(end.next()).isEqualTo(text);
      end.session().sendBinary(ByteBuffer.wrap(bytes(size)), Callback.NOOP);
      assertThat(end.next()).isEqualTo(bytes(size));
    }
  }

  @Test
  void fragmentsArriveAsOneMessageWithAPingBetweenThem() throws Exception {
    WebSocketEnd end = connect();
    Session session = end.session();
    session.sendPartialText("one ", false, Callback.NOOP);
    session.sendPing(ByteBuffer.wrap(new byte[] {'p'}), Callback.NOOP);
    session.sendPartialText("two ", false, Callback.NOOP);
    session.sendPartialText("three", true, Callback.NOOP);
    assertThat(end.next()).isEqualTo("pong p");
    assertThat(end.next()).isEqualTo("one two three");
  }

  @ParameterizedTest
  @CsvSource({"1000,done", "1001,away", "3000,mine", "4999,yours"})
  void closeCodeOfTheClientArrives(int code, String reason) throws Exception {
    WebSocketEnd end = connect();
    end.session().close(code, reason, Callback.NOOP);
    assertThat(accepted().closed()).isEqualTo(code + " " + reason);
    assertThat(end.closed()).isEqualTo(code + " " + reason);
  }

  @ParameterizedTest
  @CsvSource({"1000,done", "1011,broken", "1013,later", "4000,mine"})
  void closeCodeOfTheUpstreamArrives(int code, String reason) throws Exception {
    WebSocketEnd end = connect();
    accepted().session().close(code, reason, Callback.NOOP);
    assertThat(end.closed()).isEqualTo(code + " " + reason);
  }

  @Test
  void upstreamThatDiesEndsTheClientsSession() throws Exception {
    WebSocketEnd end = connect();
    accepted().session().disconnect();
    assertThat(end.closed()).startsWith("1006 ");
  }

  @Test
  void clientThatDiesEndsTheUpstreamsSession() throws Exception {
    WebSocketEnd end = connect();
    end.session().disconnect();
    assertThat(accepted().closed()).startsWith("1006 ");
  }

  @Test
  void compressionAndSubprotocolAreAgreedOnByBothEnds() throws Exception {
    ClientUpgradeRequest request = new ClientUpgradeRequest(address("ws"));
    request.addExtensions(ExtensionConfig.parse("permessage-deflate"));
    request.setSubProtocols("other", "chat");
    WebSocketEnd end = connect(request);
    assertThat(end.session().getUpgradeResponse().getExtensions())
        .extracting(ExtensionConfig::getName)
        .containsExactly("permessage-deflate");
    assertThat(end.session().getUpgradeResponse().getAcceptedSubProtocol()).isEqualTo("chat");
    String text = "again and ".repeat(MIB / 10);
    end.session().sendText(text, Callback.NOOP);
    assertThat(end.next()).isEqualTo(text);
  }

  @Test
  void clientOfTheJdkIsServed() throws Exception {
    CompletableFuture<String> received = new CompletableFuture<>();
    java.net.http.WebSocket socket =
        java.net.http.HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(
                address("ws"),
                new java.net.http.WebSocket.Listener() {
                  @Override
                  public CompletionStage<?> onText(
                      java.net.http.WebSocket from, CharSequence text, boolean last) {
                    received.complete(text + " " + last);
                    return CompletableFuture.completedFuture(null);
                  }
                })
            .get(1, TimeUnit.MINUTES);
    socket.sendText("hello", true).get(1, TimeUnit.MINUTES);
    assertThat(received.get(1, TimeUnit.MINUTES)).isEqualTo("hello true");
    socket.sendClose(1000, "done").get(1, TimeUnit.MINUTES);
    assertThat(accepted().closed()).isEqualTo("1000 done");
  }

  @Test
  void bothEndsAreToldWhenTheApiCloses() throws Exception {
    WebSocketEnd end = connect();
    end.session().sendText("last", Callback.NOOP);
    assertThat(end.next()).isEqualTo("last");
    gateway.serve(false);
    assertThat(end.closed()).startsWith("1012 ");
    assertThat(accepted().closed()).startsWith("1012 ");
  }

  @Test
  void socketsWithTlsAreServedToo() throws Exception {
    gateway.close();
    TlsConfig tls = Certificates.selfSigned(folder, "EC");
    gateway =
        RunningTraffic.start(
            RunningGateway.with(
                config(),
                traffic ->
                    new ListenerConfig(
                        traffic.host(),
                        0,
                        traffic.maxConnections(),
                        traffic.maxHeaderBytes(),
                        traffic.idleTimeout(),
                        traffic.receiveTimeout(),
                        true,
                        tls),
                admin -> admin,
                to -> to));
    WebSocketEnd end = connect(new ClientUpgradeRequest(address("wss")));
    byte[] sent = bytes(MIB);
    end.session().sendBinary(ByteBuffer.wrap(sent), Callback.NOOP);
    assertThat(end.next()).isEqualTo(sent);
    end.session().close(1000, "done", Callback.NOOP);
    assertThat(accepted().closed()).isEqualTo("1000 done");
    assertThat(end.closed()).isEqualTo("1000 done");
  }
}
