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
import dev.intermission.gateway.config.ListenerConfig;
import dev.intermission.gateway.config.Role;
import dev.intermission.gateway.config.YamlCatalog;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests are traced by the management API, in each role of a gateway. */
class TracedRequestsTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NODE_TOKEN = "token-of-node";
  private static final String API = "/apiops/projects/MyProject/apiProxies/A/";

  private final HttpClient client = HttpClient.newHttpClient();
  private final ShiftedClock clock = new ShiftedClock();
  private final ApiProxy proxy = RunningGateway.proxy("A", "/api", "http://127.0.0.1:1");
  private final YamlCatalog catalog =
      new YamlCatalog(
          Set.of("production"),
          Set.of("MyProject"),
          Map.of(proxy, Set.of("production")),
          Set.of(
              new User("admin", true, Map.of(), null),
              new User("node", false, Map.of(), null, Set.of("production"))));
  private @Nullable Gateway admin;
  private @Nullable Gateway node;

  @TempDir Path folder;

  @AfterEach
  void stop() {
    if (node != null) {
      node.close();
    }
    if (admin != null) {
      admin.close();
    }
  }

  private GatewayConfig part(Role role, String name, FeedConfig feed, int adminPort) {
    return RunningGateway.with(
        RunningGateway.part(
            folder.resolve(name),
            role,
            name,
            Front.HANDLER,
            feed,
            role == Role.GATEWAY
                ? new YamlCatalog(Set.of(), Set.of(), Map.of(), Set.of())
                : catalog),
        traffic -> traffic,
        listener -> ListenerConfig.ADMIN.at("127.0.0.1", adminPort),
        upstream -> upstream);
  }

  private Gateway startAdmin(Role role, int port) throws Exception {
    Gateway started =
        Gateway.start(part(role, "admin", FeedConfig.NONE, port), StartTokens.NONE, clock);
    admin = started;
    started.tokens().keep("admin", RunningGateway.ADMIN_TOKEN);
    started.tokens().keep("node", NODE_TOKEN);
    started.awaitReady();
    return started;
  }

  private Gateway startNode(Gateway of) throws Exception {
    FeedConfig feed = new FeedConfig(List.of(URI.create(of.admin().url())), null);
    Gateway started =
        Gateway.start(
            part(Role.GATEWAY, "node-1", feed, 0), new StartTokens(null, NODE_TOKEN), clock);
    node = started;
    started.awaitReady();
    return started;
  }

  private JsonNode send(Gateway to, String method, String path, @Nullable String body)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(URI.create(to.admin().url() + API + path))
                .timeout(LONG)
                .header("Authorization", "Bearer " + RunningGateway.ADMIN_TOKEN)
                .header("Content-Type", "application/json")
                .method(
                    method,
                    body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  private void trace(Gateway admin) throws Exception {
    Instant now = clock.instant();
    send(
        admin,
        "PATCH",
        "settings/trace/",
        """
        {"enableTraceLog":true,"environmentName":"production","startTime":"%s","stopTime":"%s",\
        "deploy":true,"deployTargetEnvironmentNameList":["production"]}"""
            .formatted(now.minusSeconds(60), now.plusSeconds(600)));
  }

  private void request(Gateway gateway, String path) throws Exception {
    client.send(
        HttpRequest.newBuilder(URI.create(gateway.traffic().url() + path)).timeout(LONG).build(),
        HttpResponse.BodyHandlers.discarding());
  }

  private JsonNode traces(Gateway admin) throws Exception {
    return send(admin, "GET", "traces/", null);
  }

  private void assertOneRecord(Gateway admin, String name) throws Exception {
    await().atMost(LONG).until(() -> traces(admin).path("totalCount").asInt() == 1);
    JsonNode list = traces(admin);
    assertThat(list.path("dropped").asLong()).isZero();
    JsonNode line = list.path("resultList").path(0);
    assertThat(line.path("path").asText()).isEqualTo("/api/x");
    assertThat(line.path("node").asText()).isEqualTo(name);
    assertThat(line.path("environmentName").asText()).isEqualTo("production");
    JsonNode record =
        send(admin, "GET", "traces/" + line.path("id").asText() + "/", null)
            .path("resultList")
            .path(0);
    assertThat(record.path("fromClient").path("target").asText()).isEqualTo("/api/x?q=1");
    assertThat(record.path("error").asText()).isEqualTo("UPSTREAM_UNREACHABLE");
    assertThat(record.path("node").asText()).isEqualTo(name);
  }

  @Test
  void gatewayWithAnAdminSideKeepsItsRecords() throws Exception {
    Gateway all = startAdmin(Role.ALL, 0);
    request(all, "/api/before");
    trace(all);
    request(all, "/api/x?q=1");
    assertOneRecord(all, "admin");
  }

  @Test
  void nodeTellsItsRecordsToAnAdminNode() throws Exception {
    Gateway of = startAdmin(Role.ADMIN, 0);
    Gateway gateway = startNode(of);
    trace(of);
    request(gateway, "/api/x?q=1");
    assertOneRecord(of, "node-1");
  }

  @Test
  void nodeThatIsCutOffEndsTheWindowAndTellsItsRecordsLater() throws Exception {
    Gateway of = startAdmin(Role.ADMIN, 0);
    int port = of.admin().port();
    Gateway gateway = startNode(of);
    trace(of);
    of.close();
    request(gateway, "/api/x?q=1");
    clock.shift(Duration.ofHours(1));
    request(gateway, "/api/late");
    assertOneRecord(startAdmin(Role.ADMIN, port), "node-1");
  }

  @Test
  void nodeThatStopsTellsItsLastRecords() throws Exception {
    Gateway of = startAdmin(Role.ADMIN, 0);
    Gateway gateway = startNode(of);
    trace(of);
    request(gateway, "/api/x?q=1");
    gateway.close();
    assertOneRecord(of, "node-1");
  }
}
