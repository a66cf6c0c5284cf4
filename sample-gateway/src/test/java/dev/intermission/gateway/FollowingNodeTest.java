package dev.intermission.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.User;
import dev.intermission.gateway.config.FeedConfig;
import dev.intermission.gateway.config.GatewayConfig;
import dev.intermission.gateway.config.ListenerConfig;
import dev.intermission.gateway.config.Role;
import dev.intermission.gateway.config.TlsConfig;
import dev.intermission.gateway.config.YamlCatalog;
import dev.intermission.gateway.server.Pem;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An admin node with TLS and a certificate of its own, and a node that follows it over the network.
 */
class FollowingNodeTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String NODE_TOKEN = "token-of-node";
  private static final String MY_API = "/apiops/projects/MyProject/apiProxies/MyAPI/";

  private final Path folder;
  private final TlsConfig tls;
  private final HttpClient client;
  private final Gateway admin;
  private final ShiftedClock clock = new ShiftedClock();
  private @Nullable Gateway node;
  private int number;

  FollowingNodeTest(@TempDir Path folder) throws Exception {
    this.folder = folder;
    tls = Certificates.selfSigned(folder, "EC");
    client = HttpClient.newBuilder().sslContext(Pem.trusting(tls.certificate())).build();
    admin = Gateway.start(adminConfig(), StartTokens.NONE, clock);
  }

  @BeforeEach
  void keepTokens() {
    admin.tokens().keep("admin", RunningGateway.ADMIN_TOKEN);
    admin.tokens().keep("node", NODE_TOKEN);
  }

  @AfterEach
  void stop() {
    if (node != null) {
      node.close();
    }
    admin.close();
  }

  private GatewayConfig adminConfig() {
    ApiProxy proxy = RunningGateway.proxy("MyAPI", "/api", "http://127.0.0.1:1");
    GatewayConfig all = RunningGateway.config(folder.resolve("admin"), proxy);
    return config(
        all,
        Role.ADMIN,
        new ListenerConfig("127.0.0.1", 0, 100, 8192, LONG, LONG, false, tls),
        FeedConfig.NONE,
        new YamlCatalog(
            Set.of("production"),
            Set.of("MyProject"),
            Map.of(proxy, Set.of("production")),
            Set.of(
                new User("admin", true, Map.of(), null),
                new User("node", false, Map.of(), null, Set.of("production")))));
  }

  private GatewayConfig nodeConfig(Path data, Path authority) {
    return config(
        RunningGateway.config(data),
        Role.GATEWAY,
        ListenerConfig.ADMIN.at("127.0.0.1", 0),
        new FeedConfig(List.of(URI.create(admin.admin().url())), authority),
        new YamlCatalog(Set.of(), Set.of(), Map.of(), Set.of()));
  }

  private static GatewayConfig config(
      GatewayConfig from,
      Role role,
      ListenerConfig listener,
      FeedConfig feed,
      YamlCatalog catalog) {
    return RunningGateway.with(
        RunningGateway.part(from.data(), role, "node-1", from.front(), feed, catalog),
        traffic -> from.traffic(),
        admin -> listener,
        upstream -> upstream);
  }

  private Gateway startNode(Path data) throws Exception {
    Gateway started =
        Gateway.start(
            nodeConfig(data, tls.certificate()), new StartTokens(null, NODE_TOKEN), clock);
    node = started;
    started.awaitReady();
    return started;
  }

  private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(request.timeout(LONG).build(), HttpResponse.BodyHandlers.ofString());
    return response.statusCode() + " " + response.body();
  }

  private HttpRequest.Builder asAdmin(String path) {
    return HttpRequest.newBuilder(URI.create(admin.admin().url() + path))
        .header("Authorization", "Bearer " + RunningGateway.ADMIN_TOKEN);
  }

  /** Closes MyAPI with the next number as its message, and deploys that. */
  private String deploy() throws Exception {
    number++;
    return send(
        asAdmin(MY_API + "settings/maintenance-mode/")
            .header("Content-Type", "application/json")
            .method(
                "PATCH",
                HttpRequest.BodyPublishers.ofString(
                    """
                    {"enabled":true,"httpStatusCode":503,"contentType":"text/plain","message":"%d",\
                    "deploy":true,"deployTargetEnvironmentNameList":["production"]}"""
                        .formatted(number))));
  }

  private String health() throws Exception {
    return send(asAdmin(MY_API + "environments/production/route-health/"));
  }

  private String served(Gateway gateway) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(gateway.traffic().url() + "/api")));
  }

  private String ready(Gateway gateway) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(gateway.admin().url() + "/readyz")));
  }

  private static void assertEverywhere(String reply) {
    assertThat(
            reply
                .replaceAll("\"responseTime.*?detailList\":\\[[^]]+],", "")
                .replaceAll(",\"warnings\":.*", "}"))
        .isEqualTo(
            """
            200 {"status":"SUCCESS","success":true,"deploymentResult":{"success":true,"deploymentResults":[\
            {"environmentName":"production","success":true,"message":"Deployment successful"}]}}""");
  }

  @Test
  void nodeFollowsOverTlsWithAnAuthorityOfItsOwn() throws Exception {
    Gateway following = startNode(folder.resolve("node"));
    assertThat(admin.admin().url()).startsWith("https://");
    await().atMost(LONG).until(() -> health().contains("\"podsResponded\":1"));
    assertEverywhere(deploy());
    assertThat(served(following)).isEqualTo("503 1");
    assertThat(ready(following)).contains("\"connected\":true", "\"fromDisk\":false");
  }

  @Test
  void nodeThatDoesNotTrustTheAdminNodeSaysWhy() throws Exception {
    TlsConfig other = Certificates.selfSigned(folder, "RSA");
    Gateway following =
        Gateway.start(
            nodeConfig(folder.resolve("node"), other.certificate()),
            new StartTokens(null, NODE_TOKEN));
    node = following;
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(ready(following))
                    .startsWith("503 ")
                    .contains("\"connected\":false", "can't be reached", "SSLHandshakeException")
                    .doesNotContain(NODE_TOKEN));
    assertThat(health()).contains("\"podsResponded\":0");
  }

  @Test
  void nodeThatIsStoppedIsNotWaitedForAndNotToldOf() throws Exception {
    startNode(folder.resolve("node")).close();
    assertThat(health()).contains("\"podsResponded\":0").doesNotContain("node-1");
    assertThat(deploy()).contains("no gateway is running in production");
  }

  @Test
  void nodeWhoseDiskIsFullServesOnAndSavesAgainWhenThereIsRoom() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    try (SmallDisk mounted = new SmallDisk(disk, "256k")) {
      assertThat(mounted).isNotNull();
      Gateway following = startNode(disk.resolve("data"));
      await().atMost(LONG).until(() -> health().contains("\"podsResponded\":1"));
      assertEverywhere(deploy());
      Path filler = disk.resolve("filler");
      SmallDisk.fill(filler);
      assertEverywhere(deploy());
      assertThat(served(following)).isEqualTo("503 2");
      assertThat(ready(following)).startsWith("200 ").contains("\"diskProblem\"", "No space left");
      Files.delete(filler);
      assertEverywhere(deploy());
      assertThat(ready(following)).startsWith("200 ").doesNotContain("diskProblem");
      following.close();
      admin.close();
      Gateway restarted = startNode(disk.resolve("data"));
      assertThat(served(restarted)).isEqualTo("503 3");
      restarted.close();
    }
  }

  @Test
  void clockThatJumpsByAnHourBothWaysHarmsNothing() throws Exception {
    Gateway following = startNode(folder.resolve("node"));
    await().atMost(LONG).until(() -> health().contains("\"podsResponded\":1"));
    for (int hours : List.of(1, -1, 1, 0)) {
      clock.shift(Duration.ofHours(hours));
      assertEverywhere(deploy());
      assertThat(served(following)).isEqualTo("503 " + number);
      assertThat(health()).contains("\"podsResponded\":1", "\"inconsistent\":false");
      assertThat(ready(following)).startsWith("200 ").contains("\"connected\":true");
      assertThat(ready(following)).doesNotContain("\"snapshotAgeSeconds\":-");
    }
  }
}
