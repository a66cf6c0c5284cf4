package dev.intermission.gateway.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermission.api.ProxyId;
import dev.intermission.feed.node.RemoteFeed;
import dev.intermission.gate.Gate;
import dev.intermission.gate.GateOptions;
import dev.intermission.gateway.RunningGateway;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the README are taken from it, compiled, and do what it says. */
class ReadmeExamplesTest {

  private static final ProxyId MY_API = new ProxyId("MyProject", "MyAPI");
  private static final String CLOSE =
      "{\"enabled\":true,\"httpStatusCode\":503,\"contentType\":\"text/plain\",\"message\":\"Back at six\",\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"production\"]}";

  private final Path folder;

  ReadmeExamplesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static RunningGateway adminNode(Path data) throws Exception {
    return RunningGateway.start(
        RunningGateway.config(
            data, RunningGateway.proxy("MyAPI", "/api/v1", "http://127.0.0.1:1")));
  }

  private static HttpResponse<String> get(int port, String path)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(Readme.here(port, path)).timeout(Duration.ofSeconds(30)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static void assertClosed(int port) throws Exception {
    HttpResponse<String> closed = get(port, "/api/v1/orders");
    assertThat(closed.statusCode()).isEqualTo(503);
    assertThat(closed.headers().firstValue("Content-Type")).hasValue("text/plain");
    assertThat(closed.body()).isEqualTo("Back at six");
  }

  @Test
  void filterAnswersForTheClosedApiAndForNoOther() throws Exception {
    Server server = (Server) Readme.Example.compile("FilterExample", folder).call("start", 0);
    try {
      assertClosed(server.getURI().getPort());
      assertThat(get(server.getURI().getPort(), "/other").statusCode()).isEqualTo(404);
    } finally {
      server.stop();
    }
  }

  /** Stands for the handlers of a gateway. */
  private static final class Open extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      Content.Sink.write(response, true, "open", callback);
      return true;
    }
  }

  @Test
  void handlerAnswersForWhatAnAdminNodeDeploys() throws Exception {
    Readme.Example example = Readme.Example.compile("HandlerExample", folder);
    try (RunningGateway admin = adminNode(folder.resolve("data"))) {
      Gate gate = new Gate(GateOptions.FOR_FEED);
      Server server = (Server) example.call("start", 0, gate, new Open());
      int port = server.getURI().getPort();
      assertThat(get(port, "/api/v1").statusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE_503);
      URI url = Readme.here(admin.adminPort(), "");
      try (RemoteFeed feed =
          (RemoteFeed) example.call("follow", gate, url, RunningGateway.ADMIN_TOKEN, folder)) {
        await().until(gate::ready);
        assertThat(get(port, "/api/v1/orders").body()).isEqualTo("open");
        assertThat(admin.patch(MY_API, CLOSE).body()).contains("Deployment successful");
        assertClosed(port);
        assertThat(feed.status().problem()).isNull();
      } finally {
        server.stop();
      }
    }
  }

  @Test
  void webXmlFollowsAnAdminNode() throws Exception {
    Path application = folder.resolve("application");
    Path snapshots = folder.resolve("snapshots");
    try (RunningGateway admin = adminNode(folder.resolve("data"))) {
      Files.createDirectories(application.resolve("WEB-INF"));
      Files.writeString(
          application.resolve("WEB-INF/web.xml"),
          Readme.block("xml", "<web-app")
              .replace(
                  "https://admin-1.example:9090,https://admin-2.example:9090",
                  Readme.here(admin.adminPort(), "").toString())
              .replace("/var/lib/my-gateway/intermission", snapshots.toString()));
      Files.writeString(application.resolve("index.html"), "open");
      try (WebApplication running =
          WebApplication.start(application, RunningGateway.ADMIN_TOKEN, folder.resolve("token"))) {
        await().until(() -> get(running.port(), "/index.html").body().equals("open"));
        assertThat(admin.patch(MY_API, CLOSE).body()).contains("Deployment successful");
        assertClosed(running.port());
        assertThat(snapshots).isDirectoryContaining("glob:**/snapshot*.json");
        assertThat(running.stop()).isZero();
      }
    }
  }

  @Test
  void coordinatesAreThoseOfThisBuild() throws IOException {
    String bom = Files.readString(Path.of("..", "bom", "pom.xml"));
    String shown = Readme.block("xml", "<dependencyManagement>");
    Pattern id = Pattern.compile("<artifactId>(.*?)</artifactId>");
    assertThat(id.matcher(shown).results().map(found -> found.group(1)))
        .isNotEmpty()
        .allMatch(found -> bom.contains("<artifactId>" + found + "</artifactId>"));
    Pattern version = Pattern.compile("<version>(.*?)</version>");
    assertThat(version.matcher(shown).results().map(found -> found.group()))
        .isNotEmpty()
        .allMatch(bom::contains);
  }
}
