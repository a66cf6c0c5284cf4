package dev.intermission.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import dev.intermission.api.Snapshot;
import dev.intermission.gate.Gate;
import dev.intermission.gate.GateOptions;
import dev.intermission.gateway.Peer;
import dev.intermission.gateway.Peer.Head;
import dev.intermission.gateway.RunningGateway;
import dev.intermission.gateway.config.ListenerConfig;
import dev.intermission.gateway.config.UpstreamConfig;
import dev.intermission.gateway.server.Listener;
import dev.intermission.gateway.server.StopTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Upstreams that have names, with a name server that the test plays. */
class NamesTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final Map<ProxyId, DeployedProxy> proxies = new HashMap<>();
  private final ServerSocket server = new ServerSocket();
  private final List<Listener> started = new ArrayList<>();

  NamesTest() throws IOException {}

  @AfterEach
  void stop() throws IOException {
    started.forEach(Listener::close);
    server.close();
  }

  private void listen(String address) throws IOException {
    server.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
  }

  private void route(String path, String host) {
    ApiProxy proxy =
        RunningGateway.proxy(path, path, "http://" + host + ":" + server.getLocalPort());
    proxies.put(proxy.id(), new DeployedProxy(proxy, 1, MaintenanceSettings.DEFAULT));
  }

  private void start(Duration connectTimeout, Names.Lookup lookup) throws Exception {
    Gate gate = new Gate(GateOptions.DEFAULTS);
    gate.publish(new Snapshot("e", 1, proxies));
    Listener listener =
        Listener.traffic(ListenerConfig.TRAFFIC.at("127.0.0.1", 0), new StopTime(LONG));
    started.add(listener);
    listener.start(
        new ReverseProxy(
            gate,
            new UpstreamConfig(connectTimeout, LONG, LONG, 100, false),
            List.of(),
            null,
            null,
            null,
            lookup));
  }

  private Peer get(String path) throws IOException {
    return Peer.connect(started.get(0).port()).sendHead("GET " + path + " HTTP/1.1", "Host: g");
  }

  private void assertReached(String path, String host) throws IOException {
    try (Peer client = get(path);
        Peer upstream = Peer.accept(server)) {
      assertThat(upstream.readHead().value("Host")).isEqualTo(host + ":" + server.getLocalPort());
      upstream.sendHead("HTTP/1.1 204 None");
      assertThat(client.readHead().status()).isEqualTo(204);
    }
  }

  private static void assertFault(Peer client, int status, String code) throws IOException {
    Head head = client.readHead();
    assertThat(head.status()).isEqualTo(status);
    assertThat(client.readBody(head)).contains("\"" + code + "\"");
  }

  private static void assumeThatThereIs(String... addresses) throws IOException {
    for (String address : addresses) {
      assumeTrue(
          address.startsWith("127.")
              || NetworkInterface.getByInetAddress(InetAddress.getByName(address)) != null);
    }
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.2, 127.0.0.1", "127.0.0.1, ::1", "::1, 127.0.0.1"})
  void everyAddressOfANameIsTried(String deaf, String listening) throws Exception {
    assumeThatThereIs(deaf, listening);
    listen(listening);
    route("/a", "up.example");
    start(
        LONG,
        name -> new InetAddress[] {InetAddress.getByName(deaf), InetAddress.getByName(listening)});
    assertReached("/a", "up.example");
  }

  @Test
  void addressOfIpv6IsReached() throws Exception {
    assumeThatThereIs("::1");
    listen("::1");
    route("/a", "[::1]");
    start(LONG, InetAddress::getAllByName);
    assertReached("/a", "[::1]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"my_up", "_up.my_net.example"})
  void nameWithAnUnderscoreIsReached(String name) throws Exception {
    listen("127.0.0.1");
    route("/a", name);
    start(
        LONG,
        asked -> {
          assertThat(asked).isEqualTo(name);
          return new InetAddress[] {InetAddress.getLoopbackAddress()};
        });
    assertReached("/a", name);
  }

  @Test
  void nameWithoutAnAddressIsABadGatewayForItsApiAloneAndALineInTheLog() throws Exception {
    listen("127.0.0.1");
    route("/lost", "lost.example");
    route("/a", "up.example");
    start(
        LONG,
        name -> {
          if (name.startsWith("lost")) {
            throw new UnknownHostException(name);
          }
          return new InetAddress[] {InetAddress.getLoopbackAddress()};
        });
    PrintStream before = System.err;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    try (PrintStream err = new PrintStream(written, true, StandardCharsets.UTF_8)) {
      System.setErr(err);
      for (int i = 0; i < 50; i++) {
        try (Peer client = get("/lost")) {
          assertFault(client, 502, "UPSTREAM_UNREACHABLE");
        }
      }
    } finally {
      System.setErr(before);
    }
    assertReached("/a", "up.example");
    assertThat(written.toString(StandardCharsets.UTF_8).lines())
        .filteredOn(line -> line.contains("lost.example"))
        .hasSizeBetween(1, 3)
        .allSatisfy(
            line ->
                assertThat(line)
                    .contains("UPSTREAM_UNREACHABLE for MyProject//lost", "UnknownHostException"));
  }

  @Test
  void nameServerThatDoesNotAnswerHoldsUpItsApiAlone() throws Exception {
    listen("127.0.0.1");
    route("/slow", "slow.example");
    route("/a", "up.example");
    CountDownLatch answered = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    start(
        Duration.ofSeconds(4),
        name -> {
          if (name.startsWith("slow")) {
            asked.incrementAndGet();
            await(answered);
          }
          return new InetAddress[] {InetAddress.getLoopbackAddress()};
        });
    List<Peer> waiting = new ArrayList<>();
    for (int i = 0; i < 90; i++) {
      waiting.add(get("/slow"));
    }
    try {
      assertReached("/a", "up.example");
      for (Peer client : waiting) {
        assertFault(client, 504, "UPSTREAM_CONNECT_TIMEOUT");
        client.close();
      }
      assertThat(asked).hasValue(1);
    } finally {
      answered.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
