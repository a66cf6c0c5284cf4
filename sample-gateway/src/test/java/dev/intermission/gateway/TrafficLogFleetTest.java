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
import dev.intermission.gateway.config.LogConfig;
import dev.intermission.gateway.config.Role;
import dev.intermission.gateway.config.YamlCatalog;
import dev.intermission.trafficlog.connection.LogConnection;
import dev.intermission.trafficlog.connection.LogTarget;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings of the traffic log that are saved at an admin node, and in force at two gateways. */
class TrafficLogFleetTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String NODE_TOKEN = "token-of-node";
  private static final String MY_API = "/apiops/projects/MyProject/apiProxies/MyAPI/";
  private static final String LOG = MY_API + "trafficLogSettings/production/";
  private static final String STATUS = MY_API + "environments/production/deploy-status/";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Gateway admin;
  private Gateway first;
  private Gateway second;

  TrafficLogFleetTest(@TempDir Path folder) throws Exception {
    this.folder = folder;
    ApiProxy proxy = RunningGateway.proxy("MyAPI", "/api", "http://127.0.0.1:1");
    admin =
        Gateway.start(
            config(
                "admin",
                Role.ADMIN,
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
    first = node("first");
    second = node("second");
  }

  @BeforeEach
  void awaitNodes() throws Exception {
    first.awaitReady();
    second.awaitReady();
    await()
        .atMost(LONG)
        .until(
            () ->
                send(asAdmin(MY_API + "environments/production/route-health/"))
                    .contains("\"podsResponded\":2"));
  }

  @AfterEach
  void stop() {
    first.close();
    second.close();
    admin.close();
  }

  private Gateway node(String name) throws Exception {
    return Gateway.start(
        config(
            name,
            Role.GATEWAY,
            new FeedConfig(List.of(URI.create(admin.admin().url())), null),
            new YamlCatalog(Set.of(), Set.of(), Map.of(), Set.of())),
        new StartTokens(null, NODE_TOKEN));
  }

  private Path log(String node) {
    return folder.resolve(node + ".jsonl");
  }

  private GatewayConfig config(String name, Role role, FeedConfig feed, YamlCatalog catalog) {
    LogTarget file = new LogTarget.RollingFile(log(name), 1, 1, 10);
    return RunningGateway.logging(
        new LogConfig(LogConfig.OFF, List.of(new LogConnection("access", Set.of(), file))),
        RunningGateway.part(folder.resolve(name), role, name, Front.HANDLER, feed, catalog));
  }

  private HttpRequest.Builder asAdmin(String path) {
    return HttpRequest.newBuilder(URI.create(admin.admin().url() + path))
        .header("Authorization", "Bearer " + RunningGateway.ADMIN_TOKEN)
        .header("Content-Type", "application/json");
  }

  private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(request.timeout(LONG).build(), HttpResponse.BodyHandlers.ofString());
    return response.statusCode() + " " + response.body();
  }

  private String put(String body) throws Exception {
    return send(asAdmin(LOG).PUT(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** Sends a request to each gateway. */
  private void requests(String path) throws Exception {
    for (Gateway node : List.of(first, second)) {
      assertThat(send(HttpRequest.newBuilder(URI.create(node.traffic().url() + path))))
          .startsWith("502 ");
    }
  }

  private List<String> lines(String node) throws IOException {
    return Files.exists(log(node)) ? Files.readAllLines(log(node)) : List.of();
  }

  /** Returns the record of the request with this path, as soon as it is there. */
  private JsonNode record(String node, String path) throws Exception {
    String said = "\"hr1pi\":\"" + path + "\"";
    await().atMost(LONG).until(() -> lines(node).stream().anyMatch(line -> line.contains(said)));
    return JSON.readTree(
        lines(node).stream().filter(line -> line.contains(said)).findFirst().orElseThrow());
  }

  @Test
  void aChangeIsInForceAtEveryGatewayWithoutADeployment() throws Exception {
    String status = send(asAdmin(STATUS));
    requests("/api/1?pin=4711");
    assertThat(
            put(
                """
                {"connectorSettingsMap":{"access":{"enabled":true,"privacyDefinitionList":[
                  {"elementName":"pin","operation":"HASH"}]}}}"""))
        .startsWith("200 ")
        .doesNotContain("warnings");
    requests("/api/2?pin=4711");
    String hashed = record("first", "/api/2").path("fcrp").asText();
    assertThat(hashed).matches("pin=[0-9a-f]{64}");
    assertThat(record("second", "/api/2").path("fcrp").asText()).isEqualTo(hashed);

    assertThat(put("{\"logParamRequestFromClient\":false}")).startsWith("200 ");
    requests("/api/3?pin=4711");
    for (String node : List.of("first", "second")) {
      JsonNode record = record(node, "/api/3");
      assertThat(record.path("apn").asText()).isEqualTo("MyAPI");
      assertThat(record.has("fcrp")).isFalse();
      assertThat(lines(node)).noneMatch(line -> line.contains("/api/1") || line.contains("4711"));
    }
    assertThat(send(asAdmin(STATUS))).isEqualTo(status);
  }

  @Test
  void anOverrideIsForItsMethodAlone() throws Exception {
    assertThat(put("{}")).startsWith("200 ");
    assertThat(
            send(
                asAdmin(LOG + "connectors/LOGBACK_APPEND/methodOverride/?methodName=POST")
                    .PUT(HttpRequest.BodyPublishers.ofString("{\"enabled\":true}"))))
        .isEqualTo("200 {\"status\":\"SUCCESS\"}");
    requests("/api/get");
    send(
        HttpRequest.newBuilder(URI.create(first.traffic().url() + "/api/post"))
            .POST(HttpRequest.BodyPublishers.ofString("x")));
    assertThat(record("first", "/api/post").path("hr1hm").asText()).isEqualTo("POST");
    assertThat(lines("first")).hasSize(1);
    assertThat(lines("second")).isEmpty();
  }
}
