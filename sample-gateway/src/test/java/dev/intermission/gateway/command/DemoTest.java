package dev.intermission.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as its users start it. */
class DemoTest {

  private static final String MY_API = "/apiops/projects/MyProject/apiProxies/MyAPI/";

  private final Path folder;

  DemoTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private GatewayProcess demo(Map<String, String> variables) throws IOException {
    return GatewayProcess.start(folder, variables, "demo", "--port", "0", "--admin-port", "0");
  }

  private static String token(GatewayProcess demo) {
    return demo.out().stream()
        .filter(line -> line.startsWith("export TOKEN="))
        .findFirst()
        .orElseThrow()
        .substring("export TOKEN=".length());
  }

  private static HttpResponse<String> send(int port, String path, String... more)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofMinutes(1));
    if (more.length > 0) {
      request.header("Authorization", "Bearer " + more[0]);
    }
    if (more.length > 1) {
      request
          .header("Content-Type", "application/json")
          .method("PATCH", HttpRequest.BodyPublishers.ofString(more[1]));
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Returns the body of the first PATCH that the demo proposes. */
  private static String proposedPatch(List<String> out) {
    String line = out.stream().filter(l -> l.startsWith("  -d '")).findFirst().orElseThrow();
    return line.substring("  -d '".length(), line.length() - 1);
  }

  @Test
  void demoDoesWhatItProposesAndKeepsItOverARestart() throws Exception {
    String oldToken;
    try (GatewayProcess demo = demo(Map.of())) {
      oldToken = token(demo);
      int traffic = demo.trafficPort();
      int admin = demo.adminPort();
      assertThat(send(traffic, "/api/v1/orders").body())
          .isEqualTo("{\"upstream\":\"demo\",\"method\":\"GET\",\"path\":\"/api/v1/orders\"}\n");
      assertThat(send(traffic, "/petstore/1").statusCode()).isEqualTo(200);
      assertThat(send(traffic, "/other").statusCode()).isEqualTo(200);

      assertThat(
              send(
                      admin,
                      MY_API + "settings/maintenance-mode/",
                      oldToken,
                      proposedPatch(demo.out()))
                  .body())
          .startsWith(
              "{\"status\":\"SUCCESS\",\"success\":true,\"deploymentResult\":{\"success\":true");
      HttpResponse<String> closed = send(traffic, "/api/v1/orders");
      assertThat(closed.statusCode()).isEqualTo(503);
      assertThat(closed.body()).isEqualTo("{\"message\":\"Back at six\"}");
      assertThat(send(traffic, "/orders").statusCode()).isEqualTo(200);
      assertThat(send(admin, "/demo/requests").body())
          .isEqualTo(
              "{\"total\":4,\"byPath\":{\"/api/v1\":1,\"/petstore\":1,\"/orders\":1,\"/other\":1}}\n");
      demo.terminate();
      assertThat(demo.exitCode()).isZero();
    }
    try (GatewayProcess demo = demo(Map.of())) {
      assertThat(send(demo.trafficPort(), "/api/v1/orders").statusCode()).isEqualTo(503);
      assertThat(send(demo.trafficPort(), "/orders").statusCode()).isEqualTo(200);
      assertThat(send(demo.adminPort(), MY_API, oldToken).statusCode()).isEqualTo(401);
      assertThat(send(demo.adminPort(), MY_API, token(demo)).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void commandsForOperatorsFindTheDemoWithNothingExported() throws Exception {
    try (GatewayProcess demo = demo(Map.of())) {
      ProcessBuilder close =
          new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-XX:TieredStopAtLevel=1",
              "-cp",
              System.getProperty("java.class.path"),
              GatewayMain.class.getName(),
              "close",
              "MyAPI",
              "--for",
              "30m");
      close.environment().keySet().removeIf(name -> name.startsWith("INTERMISSION_"));
      close.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
      Process process = close.redirectErrorStream(true).start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(out).isZero();
      assertThat(out).contains("MyProject/MyAPI is closed in production with 503");
      assertThat(send(demo.trafficPort(), "/api/v1/orders").statusCode()).isEqualTo(503);
    }
  }

  @Test
  void tokenThatIsGivenIsUsedAndNeverPrinted() throws Exception {
    String given = "my-own-token-of-admin-0123456789";
    try (GatewayProcess demo = demo(Map.of("INTERMISSION_ADMIN_TOKEN", given))) {
      assertThat(send(demo.adminPort(), MY_API, given).statusCode()).isEqualTo(200);
      assertThat(demo.out())
          .contains("export TOKEN=\"$INTERMISSION_ADMIN_TOKEN\"   # as you set it");
      assertThat(String.join("\n", demo.out()) + demo.errors())
          .doesNotContain(given)
          .doesNotContain("imt_");
    }
  }
}
