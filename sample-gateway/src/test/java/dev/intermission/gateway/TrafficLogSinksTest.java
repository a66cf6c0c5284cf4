package dev.intermission.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.intermission.gateway.config.GatewayConfig;
import dev.intermission.gateway.config.LogConfig;
import dev.intermission.trafficlog.connection.LogConnection;
import dev.intermission.trafficlog.connection.LogTarget;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections of the traffic log that fail: requests do not wait, and records come later. */
class TrafficLogSinksTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String SECRET = "Bearer s3cr3t";
  private static final String VARIABLE = "INTERMISSION_COLLECTOR";

  @TempDir Path folder;

  private GatewayConfig config(LogTarget target) {
    return RunningGateway.logging(
        new LogConfig("log", List.of(new LogConnection("log", Set.of(), target))),
        RunningGateway.config(
            folder.resolve("data"), RunningGateway.proxy("A", "/a", "http://127.0.0.1:9")));
  }

  private static Gateway start(GatewayConfig config, Map<String, String> secrets) throws Exception {
    Gateway gateway =
        Gateway.start(config, new StartTokens(RunningGateway.ADMIN_TOKEN, null, secrets));
    gateway.awaitReady();
    return gateway;
  }

  private static void request(Gateway gateway, String path) throws IOException {
    try (Peer client = Peer.connect(gateway.traffic().port())) {
      client.sendHead("GET " + path + " HTTP/1.1", "Host: g");
      assertThat(client.readHead().status()).isEqualTo(404);
    }
  }

  private static String metrics(Gateway gateway) throws IOException {
    try (Peer operator = Peer.connect(gateway.admin().port())) {
      operator.sendHead("GET /metrics HTTP/1.1", "Host: g", "Connection: close");
      return operator.read(1 << 20);
    }
  }

  @Test
  void diskThatIsFullKeepsNoRequestWaitingAndGetsTheRecordsWhenThereIsRoom() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    try (SmallDisk mounted = new SmallDisk(disk, "1m")) {
      assertThat(mounted).isNotNull();
      Path file = disk.resolve("access.jsonl");
      try (Gateway gateway = start(config(new LogTarget.RollingFile(file, 10, 1, 10)), Map.of())) {
        request(gateway, "/first");
        await().atMost(LONG).until(() -> Files.exists(file) && Files.size(file) > 0);
        Path filler = disk.resolve("filler");
        SmallDisk.fill(filler);
        int requests = 100;
        for (int i = 0; i < requests; i++) {
          request(gateway, "/" + i + "/" + "x".repeat(200));
        }
        Files.delete(filler);
        await().atMost(LONG).until(() -> Files.readAllLines(file).size() == requests + 1);
        assertThat(Files.readAllLines(file)).allMatch(line -> line.matches("\\{.*}"));
      }
    }
  }

  @Test
  void webhookThatFailsGetsTheRecordsWhenItWorksAgain() throws Exception {
    List<String> received = new CopyOnWriteArrayList<>();
    List<String> refused = new CopyOnWriteArrayList<>();
    AtomicBoolean works = new AtomicBoolean();
    HttpServer collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    collector.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          boolean takes = works.get();
          (takes ? received : refused)
              .add(exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
          exchange.sendResponseHeaders(takes ? 204 : 503, -1);
          exchange.close();
        });
    collector.start();
    LogTarget.Webhook target =
        new LogTarget.Webhook(
            URI.create("http://127.0.0.1:" + collector.getAddress().getPort() + "/intake"),
            "POST",
            Map.of(),
            Map.of("Authorization", VARIABLE),
            Duration.ofSeconds(60));
    try (Gateway gateway = start(config(target), Map.of(VARIABLE, SECRET))) {
      request(gateway, "/1");
      await().atMost(LONG).until(() -> !refused.isEmpty());
      request(gateway, "/2");
      works.set(true);
      await().atMost(LONG).until(() -> received.toString().contains("\"/2\""));
      assertThat(received.toString()).containsOnlyOnce("\"/1\"").containsOnlyOnce("\"/2\"");
      assertThat(received).allMatch(batch -> batch.startsWith(SECRET + " [{"));
      // The count follows the answer of the collector.
      await()
          .atMost(LONG)
          .until(() -> metrics(gateway).contains("delivered_total{connection=\"log\"} 2.0"));
      assertThat(metrics(gateway))
          .contains("intermission_trafficlog_dropped_total{connection=\"log\"} 0.0")
          .contains("intermission_trafficlog_waiting{connection=\"log\"} 0.0");
    } finally {
      collector.stop(0);
    }
  }

  @Test
  void gatewayDoesNotStartWithoutASecretThatAConnectionNames() {
    LogTarget.Webhook target =
        new LogTarget.Webhook(
            URI.create("http://127.0.0.1:9/"),
            "POST",
            Map.of(),
            Map.of("Authorization", VARIABLE),
            Duration.ofSeconds(5));
    assertThatThrownBy(() -> start(config(target), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The connection 'log' needs the variable INTERMISSION_COLLECTOR, or INTERMISSION_COLLECTOR_FILE, for its field Authorization");
  }
}
