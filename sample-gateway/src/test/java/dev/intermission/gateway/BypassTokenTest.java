package dev.intermission.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.intermission.admin.openapi.DescribedAnswers;
import dev.intermission.api.ApiProxy;
import dev.intermission.api.User;
import dev.intermission.gateway.config.FeedConfig;
import dev.intermission.gateway.config.Front;
import dev.intermission.gateway.config.GatewayConfig;
import dev.intermission.gateway.config.Role;
import dev.intermission.gateway.config.YamlCatalog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whom a closed API lets in, in a fleet: an admin node, and a node with each front that follows it.
 */
class BypassTokenTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String NODE_TOKEN = "token-of-node";
  private static final String MY_API = "/apiops/projects/MyProject/apiProxies/MyAPI/";
  private static final String MODE = MY_API + "settings/maintenance-mode/";
  private static final String TOKENS = MODE + "bypass-tokens/";
  private static final String FIELD = "Intermission-Bypass";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpServer upstream;
  private final List<String> forwarded = new CopyOnWriteArrayList<>();
  private final Gateway admin;
  private final List<Gateway> nodes = new ArrayList<>();

  BypassTokenTest(@TempDir Path folder) throws Exception {
    this.folder = folder;
    upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    upstream.createContext("/", this::answer);
    upstream.start();
    admin = Gateway.start(adminConfig(), StartTokens.NONE);
    admin.tokens().keep("admin", RunningGateway.ADMIN_TOKEN);
    admin.tokens().keep("node", NODE_TOKEN);
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestHeaders().keySet().stream()
        .filter(name -> name.equalsIgnoreCase(FIELD))
        .forEach(forwarded::add);
    exchange.getResponseHeaders().set("Cache-Control", "public, max-age=60");
    byte[] body = "from upstream".getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @BeforeEach
  void startNodes() throws Exception {
    nodes.add(startNode("node-1", Front.HANDLER));
    nodes.add(startNode("node-2", Front.FILTER));
    await().atMost(LONG).until(() -> health().path("podsResponded").asInt() == 2);
    assertThat(
            asAdmin(
                    "PATCH",
                    MODE,
                    """
                    {"enabled":true,"httpStatusCode":503,"contentType":"text/plain","message":"closed",\
                    "deploy":true,"deployTargetEnvironmentNameList":["production"]}""")
                .statusCode())
        .isEqualTo(200);
    await().atMost(LONG).until(() -> !health().path("inconsistent").asBoolean());
  }

  @AfterEach
  void stop() {
    nodes.forEach(Gateway::close);
    admin.close();
    upstream.stop(0);
    assertThat(forwarded).isEmpty();
  }

  private GatewayConfig adminConfig() {
    String address = "http://127.0.0.1:" + upstream.getAddress().getPort();
    ApiProxy closed = RunningGateway.proxy("MyAPI", "/api", address);
    ApiProxy open = RunningGateway.proxy("OpenAPI", "/open", address);
    return config(
        Role.ADMIN,
        "admin",
        Front.HANDLER,
        FeedConfig.NONE,
        new YamlCatalog(
            Set.of("production"),
            Set.of("MyProject"),
            Map.of(closed, Set.of("production"), open, Set.of("production")),
            Set.of(
                new User("admin", true, Map.of(), null),
                new User("node", false, Map.of(), null, Set.of("production")))));
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

  private HttpResponse<String> asAdmin(String method, String path, String body) throws Exception {
    HttpRequest.BodyPublisher publisher =
        body.isEmpty()
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body);
    return DescribedAnswers.assertDescribed(
        client.send(
            HttpRequest.newBuilder(URI.create(admin.admin().url() + path))
                .timeout(LONG)
                .header("Authorization", "Bearer " + RunningGateway.ADMIN_TOKEN)
                .header("Content-Type", "application/json")
                .method(method, publisher)
                .build(),
            HttpResponse.BodyHandlers.ofString()));
  }

  private JsonNode read(String path) throws Exception {
    return JSON.readTree(asAdmin("GET", path, "").body()).path("resultList");
  }

  private JsonNode health() throws Exception {
    return read(MY_API + "environments/production/route-health/").path(0);
  }

  private JsonNode make(String expiresIn) throws Exception {
    HttpResponse<String> made =
        asAdmin(
            "POST", TOKENS, "{\"description\":\"testers\",\"expiresIn\":\"" + expiresIn + "\"}");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
    return JSON.readTree(made.body());
  }

  private HttpResponse<String> call(Gateway node, String path, String... fields) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(node.traffic().url() + path)).timeout(LONG);
    for (int i = 0; i < fields.length; i += 2) {
      request.header(fields[i], fields[i + 1]);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private void assertPasses(Gateway node, String token) throws Exception {
    HttpResponse<String> passed = call(node, "/api/x", FIELD, token);
    assertThat(passed.body()).isEqualTo("from upstream");
    assertThat(passed.statusCode()).isEqualTo(200);
    assertThat(passed.headers().allValues("Cache-Control")).containsExactly("no-store");
  }

  private void assertClosed(Gateway node, String path, String... fields) throws Exception {
    HttpResponse<String> answered = call(node, path, fields);
    assertThat(answered.body()).isEqualTo("closed");
    assertThat(answered.statusCode()).isEqualTo(503);
  }

  @Test
  void tokenLetsRequestsPassAtEveryNodeUntilItIsRevoked() throws Exception {
    JsonNode made = make("1h");
    String token = made.path("token").asText();
    assertThat(made.has("warnings")).as(made.toString()).isFalse();
    for (Gateway node : nodes) {
      assertPasses(node, token);
      assertClosed(node, "/api/x");
      assertClosed(node, "/api/x", FIELD, token + "x");
      assertClosed(node, "/api/x", FIELD, RunningGateway.ADMIN_TOKEN);
      assertClosed(node, "/api/x?" + FIELD + "=" + token, "Cookie", FIELD + "=" + token);
      HttpResponse<String> open = call(node, "/open", FIELD, token);
      assertThat(open.body()).isEqualTo("from upstream");
      assertThat(open.headers().allValues("Cache-Control")).containsExactly("public, max-age=60");
    }
    assertThat(read(TOKENS))
        .isEqualTo(
            JSON.readTree(
                "[{\"id\":%s,\"description\":\"testers\",\"username\":\"admin\",\"createdAt\":%s,\"expiresAt\":%s}]"
                    .formatted(made.get("id"), made.get("createdAt"), made.get("expiresAt"))));

    HttpResponse<String> revoked = asAdmin("DELETE", TOKENS + made.path("id").asText() + "/", "");
    assertThat(revoked.body())
        .isEqualTo(
            "{\"status\":\"SUCCESS\",\"resultMessage\":\"Bypass token revoked successfully.\"}");
    for (Gateway node : nodes) {
      assertClosed(node, "/api/x", FIELD, token);
      // No proxy has a token any more, and the field is dropped all the same.
      assertThat(call(node, "/open", FIELD, token).statusCode()).isEqualTo(200);
    }
    assertThat(read(TOKENS)).isEmpty();
    assertThat(asAdmin("DELETE", TOKENS + made.path("id").asText() + "/", "").statusCode())
        .isEqualTo(400);
    assertThat(read(MY_API + "audit/"))
        .extracting(entry -> entry.path("action").asText())
        .startsWith("BYPASS_TOKEN_REVOKED", "BYPASS_TOKEN_CREATED", "DEPLOYED");
    assertThat(read(MY_API + "audit/").toString())
        .contains("bypass token " + made.path("id").asText() + ", expires ")
        .doesNotContain(token);
  }

  @Test
  void tokenIsNoDeployment() throws Exception {
    asAdmin("PATCH", MODE, "{\"message\":\"saved only\"}");
    JsonNode status = read(MY_API + "environments/production/deploy-status/");
    JsonNode history = read(MY_API + "deploy-histories/");
    long version = health().path("pods").path(0).path("servedVersion").asLong();
    assertThat(status.path(0).path("redeployRequired").asBoolean()).isTrue();

    make("30d");

    assertThat(read(MY_API + "environments/production/deploy-status/")).isEqualTo(status);
    assertThat(read(MY_API + "deploy-histories/")).isEqualTo(history);
    assertThat(health().path("pods").path(0).path("servedVersion").asLong()).isEqualTo(version + 1);
    assertThat(health().path("inconsistent").asBoolean()).isFalse();
    for (Gateway node : nodes) {
      assertClosed(node, "/api/x");
    }
  }

  @Test
  void tokenExpiresAtEveryNode() throws Exception {
    String lasting = make("1h").path("token").asText();
    String token = make("2s").path("token").asText();
    for (Gateway node : nodes) {
      await().atMost(LONG).untilAsserted(() -> assertClosed(node, "/api/x", FIELD, token));
      assertPasses(node, lasting);
    }
    await().atMost(LONG).until(() -> read(TOKENS).size() == 1);
  }

  @Test
  void nodeThatStartsFromItsDiskKnowsTheTokens() throws Exception {
    String token = make("1h").path("token").asText();
    admin.close();
    nodes.get(1).close();
    nodes.set(1, startNode("node-2", Front.FILTER));
    assertPasses(nodes.get(1), token);
    assertClosed(nodes.get(1), "/api/x", FIELD, "imb_other");
    assertThat(Files.readString(folder.resolve("node-2").resolve("snapshot.json")))
        .contains("bypassTokens")
        .doesNotContain(token);
  }

  @Test
  void shareOfClientsIsTheSameAtEveryNodeAndAfterAStartFromTheDisk() throws Exception {
    List<Integer> before = List.of();
    for (int percent : List.of(30, 60)) {
      asAdmin(
          "PATCH",
          MODE,
          """
          {"admitPercent":%d,"admitBy":"X-Client",\
          "deploy":true,"deployTargetEnvironmentNameList":["production"]}"""
              .formatted(percent));
      await().atMost(LONG).until(() -> !health().path("inconsistent").asBoolean());
      List<Integer> admitted = admitted(nodes.get(0));
      assertThat(admitted(nodes.get(1))).isEqualTo(admitted).isNotEmpty();
      assertThat(admitted).containsAll(before).hasSizeLessThan(60);
      before = admitted;
    }
    admin.close();
    nodes.get(1).close();
    nodes.set(1, startNode("node-2", Front.FILTER));
    assertThat(admitted(nodes.get(1))).isEqualTo(before);
  }

  private List<Integer> admitted(Gateway node) throws Exception {
    List<Integer> admitted = new ArrayList<>();
    for (int client = 0; client < 60; client++) {
      HttpResponse<String> response = call(node, "/api/x", "X-Client", "client-" + client);
      assertThat(response.body()).isIn("from upstream", "closed");
      assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");
      if (response.statusCode() == 200) {
        admitted.add(client);
      }
    }
    return admitted;
  }

  @Test
  void whatIsNotAllowedIsRefusedAndMakesNothing() throws Exception {
    for (String body :
        List.of(
            "{}",
            "{\"expiresIn\":null}",
            "{\"expiresIn\":3600}",
            "{\"expiresIn\":\"0h\"}",
            "{\"expiresIn\":\"31d\"}",
            "{\"expiresIn\":\"1 h\"}",
            "{\"expiresIn\":\"PT1H\"}",
            "{\"expiresIn\":\"-1h\"}",
            "{\"expiresIn\":\"99999999999h\"}",
            "{\"expiresIn\":\"1h\",\"token\":\"mine\"}",
            "{\"expiresIn\":\"1h\",\"description\":7}")) {
      HttpResponse<String> refused = asAdmin("POST", TOKENS, body);
      assertThat(refused.statusCode()).as(body).isEqualTo(400);
      assertThat(refused.body()).as(body).contains("\"errors\":[");
    }
    assertThat(
            asAdmin("POST", TOKENS.replace("MyAPI", "none"), "{\"expiresIn\":\"1h\"}").statusCode())
        .isEqualTo(400);
    assertThat(read(TOKENS)).isEmpty();
    for (int i = 0; i < 100; i++) {
      make("1h");
    }
    assertThat(asAdmin("POST", TOKENS, "{\"expiresIn\":\"1h\"}").body())
        .contains("ApiProxy (MyAPI) has 100 bypass tokens, and may not have more");
  }
}
