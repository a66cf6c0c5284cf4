package dev.intermission.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.intermission.api.ApiProxy;
import dev.intermission.api.User;
import dev.intermission.gateway.config.FeedConfig;
import dev.intermission.gateway.config.Front;
import dev.intermission.gateway.config.GatewayConfig;
import dev.intermission.gateway.config.Role;
import dev.intermission.gateway.config.YamlCatalog;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * An API is closed and opened again and again under load, at an admin node whose two gateways, one
 * with each front, follow it: when it is said to be drained, its upstream works on nothing.
 */
abstract class DrainedBehaviour {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String NODE_TOKEN = "token-of-node";
  private static final String MY_API = "/apiops/projects/MyProject/apiProxies/MyAPI/";
  private static final String HEALTH = MY_API + "environments/production/route-health/";
  private static final List<String> KINDS = List.of("fast", "slow", "upload", "events", "socket");
  private static final int WORKERS = 6;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Gateway> nodes = new ArrayList<>();
  private Path folder;
  private RecordingUpstream upstream;
  private Gateway admin;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    this.folder = folder;
    upstream = new RecordingUpstream();
    ApiProxy proxy = RunningGateway.proxy("MyAPI", "/api", upstream.url());
    admin =
        Gateway.start(
            config(
                Role.ADMIN,
                "admin",
                Front.HANDLER,
                FeedConfig.NONE,
                new YamlCatalog(
                    Set.of("production"),
                    Set.of("MyProject"),
                    Map.of(proxy, Set.of("production")),
                    Set.of(
                        new User("admin", true, Map.of(), null),
                        new User("node", false, Map.of(), null, Set.of("production"))))),
            StartTokens.NONE);
    admin.tokens().keep("admin", RunningGateway.ADMIN_TOKEN);
    admin.tokens().keep("node", NODE_TOKEN);
    nodes.add(startNode("node-1", Front.HANDLER));
    nodes.add(startNode("node-2", Front.FILTER));
    await().atMost(LONG).until(() -> health("").path("podsResponded").asInt() == 2);
  }

  @AfterEach
  void stop() throws IOException {
    nodes.forEach(Gateway::close);
    admin.close();
    upstream.close();
  }

  private GatewayConfig config(
      Role role, String name, Front front, FeedConfig feed, YamlCatalog catalog) {
    return RunningGateway.part(folder.resolve(name), role, name, front, feed, catalog);
  }

  private Gateway startNode(String name, Front front) throws Exception {
    Gateway node =
        Gateway.start(
            config(
                Role.GATEWAY,
                name,
                front,
                new FeedConfig(List.of(URI.create(admin.admin().url())), null),
                new YamlCatalog(Set.of(), Set.of(), Map.of(), Set.of())),
            new StartTokens(null, NODE_TOKEN));
    node.awaitReady();
    return node;
  }

  private HttpResponse<String> asAdmin(String method, String path, String body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(admin.admin().url() + path))
            .header("Authorization", "Bearer " + RunningGateway.ADMIN_TOKEN)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .timeout(LONG)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private void serve(boolean open) throws IOException, InterruptedException {
    deploy("\"enabled\":" + !open);
  }

  private void deploy(String settings) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        asAdmin(
            "PATCH",
            MY_API + "settings/maintenance-mode/",
            "{%s,\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"production\"]}"
                .formatted(settings));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private JsonNode health(String query) throws IOException, InterruptedException {
    HttpResponse<String> answer = asAdmin("GET", HEALTH + query, "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body()).path("resultList").path(0);
  }

  /** Sends one request of a kind, and reads what comes. */
  private static void request(int port, String kind) throws IOException {
    try (Peer peer = Peer.connect(port)) {
      String line = (kind.equals("upload") ? "POST" : "GET") + " /api/" + kind + " HTTP/1.1";
      switch (kind) {
        case "socket" ->
            peer.sendHead(line, "Host: g", "Connection: Upgrade", "Upgrade: websocket");
        case "upload" -> {
          peer.sendHead(line, "Host: g", "Connection: close", "Content-Length: 2000");
          peer.send(new byte[1_000]);
          Thread.onSpinWait();
          peer.send(new byte[1_000]);
        }
        default -> peer.sendHead(line, "Host: g", "Connection: close");
      }
      Peer.Head head = peer.readHead();
      switch (head.status()) {
        case 101 -> {
          // Up to the end of the connection.
          while (peer.readBytes(1).length > 0) {}
        }
        case 200 -> {
          if (kind.equals("events")) {
            while (!peer.readChunk().isEmpty()) {}
          } else {
            peer.readBody(head);
          }
        }
        default -> peer.readBody(head);
      }
    }
  }

  /** Sends so many requests of each kind to a closed API, of which one kind is let in. */
  void count(int requests) throws Exception {
    deploy("\"enabled\":true,\"openPaths\":[\"/fast\"]");
    for (int i = 0; i < requests; i++) {
      for (String kind : KINDS) {
        request(nodes.get(i % nodes.size()).traffic().port(), kind);
      }
      if (i == requests / 2) {
        deploy("\"message\":\"another\"");
      }
    }
    String counted =
        "{\"answers\":%d,\"admitted\":%d,\"bypassed\":0}"
            .formatted(requests * (KINDS.size() - 1), requests);
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> {
              JsonNode told =
                  JSON.readTree(asAdmin("GET", "/apiops/maintenance/?closed=true", "").body())
                      .path("resultList")
                      .path(0)
                      .path("requests");
              assertThat(told.path("sinceClosure").toString()).isEqualTo(counted);
              assertThat(told.path("lastMinute").path("admitted").longValue())
                  .isBetween(0L, (long) requests);
              assertThat(told.path("inFlight").toString()).isEqualTo("0");
              assertThat(told.path("letIn").toString()).isEqualTo("0");
            });
    assertThat(upstream.received()).isEqualTo(requests);
  }

  /** Closes and opens the API so many times. */
  void rounds(int rounds) throws Exception {
    long seed = 16;
    AtomicBoolean running = new AtomicBoolean(true);
    AtomicLong sent = new AtomicLong();
    ExecutorService pool = Executors.newFixedThreadPool(WORKERS);
    try {
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < WORKERS; i++) {
        Random random = new Random(seed + i);
        workers.add(pool.submit(() -> load(random, running, sent)));
      }
      for (int round = 0; round < rounds; round++) {
        String which = "seed " + seed + ", round " + round;
        long before = upstream.received();
        await()
            .atMost(LONG)
            .pollInterval(Duration.ofMillis(1))
            .until(() -> upstream.received() > before);
        serve(false);
        JsonNode health = health("?waitDrained=25");
        int working = upstream.working();
        assertThat(health.path("drained").booleanValue()).as(which + health).isTrue();
        assertThat(working).as(which).isZero();
        assertThat(health.path("pods"))
            .as(which)
            .allSatisfy(pod -> assertThat(pod.path("inFlight").intValue()).isZero());
        long received = upstream.received();
        long past = sent.get();
        await()
            .atMost(LONG)
            .pollInterval(Duration.ofMillis(1))
            .until(() -> sent.get() > past + WORKERS);
        assertThat(upstream.received()).as(which).isEqualTo(received);
        serve(true);
      }
      running.set(false);
      for (Future<?> worker : workers) {
        worker.get();
      }
    } finally {
      running.set(false);
      pool.shutdownNow();
    }
  }

  private void load(Random random, AtomicBoolean running, AtomicLong sent) {
    while (running.get()) {
      Gateway node = nodes.get(random.nextInt(nodes.size()));
      try {
        request(node.traffic().port(), KINDS.get(random.nextInt(KINDS.size())));
      } catch (IOException e) {
        // A body may be refused in its middle, when its API is closed.
      }
      sent.incrementAndGet();
    }
  }
}
