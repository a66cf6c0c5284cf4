package dev.intermission.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.intermission.api.ProxyId;
import dev.intermission.gateway.RunningGateway;
import dev.intermission.gateway.backends.Program;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus reads a running gateway with the rules and the dashboard of the examples. */
@Tag("slow")
class PrometheusTest {

  private static final Path EXAMPLES = Path.of("..", "examples");
  private static final String PROMETHEUS = "/usr/bin/prometheus";
  private static final Duration LONG = Duration.ofSeconds(90);
  private static final ProxyId ORDERS = new ProxyId("MyProject", "orders");
  private static final Pattern METRIC =
      Pattern.compile("\\b(intermission|http|jvm|process|system)_[a-z_]+\\b");

  private final Path folder;
  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient client = HttpClient.newHttpClient();
  private int port;

  PrometheusTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeAll
  static void install() throws Exception {
    Program.need(PROMETHEUS, "prometheus");
  }

  private Program start(RunningGateway gateway) throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    // As in the examples, but in a second what takes minutes or a day there.
    String rules =
        Files.readString(EXAMPLES.resolve("prometheus/alerts.yaml"))
            .replaceAll("for: \\w+", "for: 1s")
            .replace("[5m]", "[5s]")
            .replace("> 10", "> 0.1");
    Files.writeString(folder.resolve("alerts.yaml"), rules);
    Path config = folder.resolve("prometheus.yaml");
    Files.writeString(
        config,
        Files.readString(EXAMPLES.resolve("prometheus/prometheus.yaml"))
            .replace("scrape_interval: 15s", "scrape_interval: 1s\n  evaluation_interval: 1s")
            .replace("localhost:9090", "127.0.0.1:" + gateway.adminPort()));
    return Program.start(
        folder.resolve("prometheus.log"),
        List.of(port),
        PROMETHEUS,
        "--config.file=" + config,
        "--storage.tsdb.path=" + folder.resolve("tsdb"),
        "--web.listen-address=127.0.0.1:" + port);
  }

  private JsonNode ask(String path) throws Exception {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/" + path))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json.readTree(answer.body()).path("data");
  }

  private List<String> firing() throws Exception {
    List<String> firing = new ArrayList<>();
    for (JsonNode alert : ask("alerts").path("alerts")) {
      if (alert.path("state").asText().equals("firing")) {
        firing.add(alert.path("labels").path("alertname").asText());
      }
    }
    return firing;
  }

  private static void patch(RunningGateway gateway, String fields) throws Exception {
    HttpResponse<String> answer = gateway.patch(ORDERS, "{" + fields + "}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static final String DEPLOY =
      ",\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"production\"]";

  @Test
  void alertsFireAndEndAndTheDashboardNamesWhatIsThere() throws Exception {
    try (RunningGateway gateway =
            RunningGateway.start(
                RunningGateway.config(
                    folder.resolve("data"),
                    RunningGateway.proxy("orders", "/orders", "http://127.0.0.1:1")));
        Program prometheus = start(gateway)) {
      assertThat(prometheus).isNotNull();
      assertThat(gateway.call("/orders").statusCode()).isEqualTo(502);
      patch(
          gateway,
          "\"enabled\":true,\"httpStatusCode\":503,\"endsAt\":\"%s\""
                  .formatted(Instant.now().plusSeconds(1))
              + DEPLOY);
      patch(gateway, "\"httpStatusCode\":429");

      await()
          .atMost(LONG)
          .untilAsserted(
              () -> {
                assertThat(gateway.call("/orders").statusCode()).isEqualTo(503);
                assertThat(firing())
                    .contains(
                        "IntermissionPastAnnouncedEnd",
                        "IntermissionNotDeployed",
                        "IntermissionManyClientsClosedOut");
              });
      assertThat(missing()).isEmpty();

      patch(gateway, "\"enabled\":false" + DEPLOY);
      await().atMost(LONG).untilAsserted(() -> assertThat(firing()).isEmpty());
    }
  }

  @Test
  void alertsFireAfterTheirTime() throws Exception {
    Files.copy(EXAMPLES.resolve("prometheus/alerts.yaml"), folder.resolve("alerts.yaml"));
    Path tests = folder.resolve("alerts-test.yaml");
    try (InputStream in =
        PrometheusTest.class.getResourceAsStream("/prometheus/alerts-test.yaml")) {
      Files.copy(Objects.requireNonNull(in), tests);
    }
    Process check =
        new ProcessBuilder("/usr/bin/promtool", "test", "rules", tests.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(check.waitFor()).as(output).isZero();
  }

  /** Returns what the dashboard and the rules name, but Prometheus has never read. */
  private Set<String> missing() throws Exception {
    Set<String> named = new TreeSet<>();
    for (JsonNode panel :
        json.readTree(EXAMPLES.resolve("grafana/intermission.json").toFile()).path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        String query = target.path("expr").asText();
        metrics(query).forEach(named::add);
        String runnable = query.replace("$__rate_interval", "10s");
        assertThat(ask("query?query=" + URLEncoder.encode(runnable, StandardCharsets.UTF_8)))
            .as(query)
            .isNotEmpty();
      }
    }
    String rules = Files.readString(EXAMPLES.resolve("prometheus/alerts.yaml"));
    rules
        .lines()
        .filter(line -> line.strip().startsWith("expr:"))
        .flatMap(PrometheusTest::metrics)
        .forEach(named::add);
    assertThat(named).hasSizeGreaterThan(15);
    for (JsonNode known : ask("label/__name__/values")) {
      named.remove(known.asText());
    }
    return named;
  }

  private static Stream<String> metrics(String query) {
    return METRIC
        .matcher(query)
        .results()
        .map(MatchResult::group)
        .filter(name -> !name.startsWith("http_route") && !name.startsWith("http_response"));
  }
}
