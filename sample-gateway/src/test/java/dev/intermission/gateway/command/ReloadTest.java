package dev.intermission.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermission.gateway.Certificates;
import dev.intermission.gateway.Peer;
import dev.intermission.gateway.config.TlsConfig;
import dev.intermission.gateway.demo.DemoUpstream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway whose file changes while it runs, in a process of its own. */
class ReloadTest {

  private static final String TOKEN = "my-own-token-of-admin-0123456789";

  private final Path folder;
  private final Path file;
  private final DemoUpstream upstream;

  ReloadTest(@TempDir Path folder) throws Exception {
    this.folder = folder;
    file = folder.resolve("gateway.yaml");
    upstream = new DemoUpstream(List.of("/a", "/b"));
  }

  @AfterEach
  void stop() {
    upstream.close();
  }

  private void write(String head, String... proxies) throws IOException {
    StringBuilder yaml =
        new StringBuilder(
            """
            %s
            environments: [production]
            users:
              admin: {systemAdministrator: true}
            projects:
              P:
                proxies:
            """
                .formatted(head));
    for (String proxy : proxies) {
      yaml.append("      ").append(proxy).append('\n');
    }
    Files.writeString(file, yaml);
  }

  private static String proxy(String name, Object address) {
    return "%1$s: {relativePathList: [/%1$s], routingAddressList: [{address: \"%2$s\"}], deployTo: [production]}"
        .formatted(name, address);
  }

  private GatewayProcess start() throws IOException {
    return GatewayProcess.start(
        folder,
        Map.of("INTERMISSION_ADMIN_TOKEN", TOKEN),
        "serve",
        "--config=gateway.yaml",
        "--port=0",
        "--admin-port=0");
  }

  private static HttpResponse<String> send(int port, String method, String path, String token)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofMinutes(1))
                .header("Authorization", "Bearer " + token)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> reload(GatewayProcess gateway) throws Exception {
    return send(gateway.adminPort(), "POST", "/reload", TOKEN);
  }

  private static int status(GatewayProcess gateway, String path) throws Exception {
    return send(gateway.trafficPort(), "GET", path, "none").statusCode();
  }

  @Test
  void postTakesWhatCameChangedAndWentAndNamesWhatNeedsARestart() throws Exception {
    write("", proxy("a", upstream.address("/a")), proxy("old", upstream.address("/a")));
    try (GatewayProcess gateway = start()) {
      assertThat(status(gateway, "/a")).isEqualTo(200);
      write(
          """
          front: filter
          upstream: {idleTimeout: 7s, maxConnections: 3}
          traffic: {idleTimeout: 9s}""",
          proxy("a", upstream.address("/b")),
          proxy("b", upstream.address("/b")));
      Files.writeString(
          file, Files.readString(file).replace("users:\n", "users:\n  operator: {}\n"));
      HttpResponse<String> answer = reload(gateway);
      assertThat(answer.body())
          .isEqualTo(
              """
              {"success":true,"changes":["proxy P/a changed","proxy P/b came","proxy P/old went",\
              "user operator came","traffic.idleTimeout changed from PT30S to PT9S",\
              "upstream.idleTimeout changed from PT1M to PT7S"],\
              "restartRequired":["front","upstream.maxConnections"]}""");
      assertThat(answer.statusCode()).isEqualTo(200);
      await().until(() -> status(gateway, "/b") == 200);
      assertThat(status(gateway, "/old")).isEqualTo(404);
      assertThat(send(gateway.trafficPort(), "GET", "/a/x", "none").body())
          .contains("\"path\":\"/b/x\"");
      assertThat(gateway.errors())
          .contains(
              " INFO  Reloader The configuration and the certificates were read again: proxy P/a changed; proxy P/b came; proxy P/old went; user operator came;")
          .contains(
              " WARN  Reloader These keys changed too, and need a restart: front, upstream.maxConnections")
          .contains("AdminServlet read the configuration again (6 changes) by admin [");
    }
  }

  @Test
  void faultyFileChangesNothingAndAllItsFaultsAreToldInTheAnswerAndTheLog() throws Exception {
    write("", proxy("a", upstream.address("/a")));
    try (GatewayProcess gateway = start()) {
      write("shutdownTimeout: soon", "b: {relativePathList: [/b]}");
      HttpResponse<String> answer = reload(gateway);
      assertThat(answer.statusCode()).isEqualTo(400);
      String first =
          "gateway.yaml:1: shutdownTimeout: found the text 'soon', allowed is a number above 0 and a unit (ms, s, m, h, d), such as 30s";
      String second =
          "gateway.yaml:8: projects.P.proxies.b.routingAddressList: this key is missing, and required";
      assertThat(answer.body())
          .contains("nothing was changed: " + first + "; " + second)
          .contains(
              "\"errors\":[{\"field\":\"configuration\",\"message\":\""
                  + first
                  + "\"},{\"field\":\"configuration\",\"message\":\""
                  + second);
      assertThat(gateway.errors()).contains("since it has faults: " + first + "; " + second);
      assertThat(status(gateway, "/a")).isEqualTo(200);
      assertThat(status(gateway, "/b")).isEqualTo(404);
    }
  }

  @Test
  void reloadIsForSystemAdministratorsAlone() throws Exception {
    write("", proxy("a", upstream.address("/a")));
    try (GatewayProcess gateway = start()) {
      int port = gateway.adminPort();
      assertThat(send(port, "POST", "/reload", "x").statusCode()).isEqualTo(401);
      HttpResponse<String> read = send(port, "GET", "/reload", TOKEN);
      assertThat(read.statusCode()).isEqualTo(405);
      assertThat(read.headers().firstValue("Allow")).contains("OPTIONS, POST");
      assertThat(send(gateway.trafficPort(), "POST", "/reload", TOKEN).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void hangUpReloadsAndTouchesNoRequestInFlight() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      write("", proxy("a", "http://127.0.0.1:" + server.getLocalPort()));
      try (GatewayProcess gateway = start();
          Peer client =
              Peer.connect(gateway.trafficPort()).sendHead("GET /a/x HTTP/1.1", "Host: g");
          Peer inFlight = Peer.accept(server)) {
        assertThat(inFlight.readHead().first()).isEqualTo("GET /x HTTP/1.1");
        write("", proxy("b", upstream.address("/b")));
        gateway.hangUp();
        await().until(() -> status(gateway, "/b") == 200);
        await().until(() -> status(gateway, "/a") == 404);
        inFlight.sendHead("HTTP/1.1 200 OK", "Content-Length: 5").send("whole");
        Peer.Head head = client.readHead();
        assertThat(head.status()).isEqualTo(200);
        assertThat(client.readBody(head)).isEqualTo("whole");

        write("unknown: key");
        gateway.hangUp();
        await().until(() -> gateway.errors().contains("since it has faults: "));
        assertThat(status(gateway, "/b")).isEqualTo(200);
        gateway.terminate();
        assertThat(gateway.exitCode()).isZero();
      }
    }
  }

  @Test
  void certificateIsRotatedAndHalfOfARotationIsRefused() throws Exception {
    TlsConfig first = Certificates.selfSigned(folder, "EC");
    TlsConfig second = Certificates.selfSigned(Files.createDirectory(folder.resolve("new")), "EC");
    write(
        "traffic: {tls: {certificate: %s, privateKey: %s}}"
            .formatted(first.certificate(), first.privateKey()),
        proxy("a", upstream.address("/a")));
    try (GatewayProcess gateway = start()) {
      int port = gateway.port("Clients:");
      X509Certificate before = certificate(port);
      move(second.certificate(), first.certificate());
      assertThat(reload(gateway).body()).contains("the key is not that of the certificate");
      assertThat(certificate(port)).isEqualTo(before);
      move(second.privateKey(), first.privateKey());
      assertThat(reload(gateway).body())
          .isEqualTo("{\"success\":true,\"changes\":[],\"restartRequired\":[]}");
      assertThat(certificate(port)).isNotEqualTo(before);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Returns what the listener shows to a client that asks for nothing else. */
  private static X509Certificate certificate(int port) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustsAll()}, null);
    try (SSLSocket socket =
        (SSLSocket)
            context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  /** Takes any certificate: which one it is, is what the test asks. */
  private static final class TrustsAll implements X509TrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
