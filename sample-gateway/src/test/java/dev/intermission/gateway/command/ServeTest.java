package dev.intermission.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermission.gateway.Peer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway run from a file, in a process of its own. */
class ServeTest {

  private final Path folder;

  ServeTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Path file(int upstreamPort, String shutdownTimeout) throws IOException {
    return Files.writeString(
        folder.resolve("gateway.yaml"),
        """
        data: from-file
        shutdownTimeout: %s
        traffic: {host: 127.0.0.1, port: 0}
        admin: {port: 1}
        environments: [production]
        projects:
          P:
            proxies:
              A:
                relativePathList: [/a]
                routingAddressList: [{address: "http://127.0.0.1:%d"}]
                deployTo: [production]
        users:
          admin: {systemAdministrator: true}
        """
            .formatted(shutdownTimeout, upstreamPort));
  }

  @Test
  void requestInFlightFinishesWhenTheGatewayIsStopped() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        GatewayProcess gateway =
            GatewayProcess.start(
                folder,
                Map.of(
                    "INTERMISSION_CONFIG",
                    file(server.getLocalPort(), "30s").toString(),
                    "INTERMISSION_ADMIN_PORT",
                    "0"),
                "serve");
        Peer client = Peer.connect(gateway.trafficPort()).sendHead("GET /a/b HTTP/1.1", "Host: g");
        Peer upstream = Peer.accept(server)) {
      assertThat(upstream.readHead().first()).isEqualTo("GET /b HTTP/1.1");
      assertThat(folder.resolve("from-file")).isDirectory();

      gateway.terminate();
      await().until(() -> Peer.isRefused(gateway.trafficPort()));
      assertThat(client.isClosedWithin(Duration.ofSeconds(3))).isFalse();
      upstream.sendHead("HTTP/1.1 200 OK", "Content-Length: 5").send("whole");

      Peer.Head head = client.readHead();
      assertThat(head.status()).isEqualTo(200);
      assertThat(client.readBody(head)).isEqualTo("whole");
      assertThat(gateway.exitCode()).isZero();
      assertThat(gateway.errors()).contains(" INFO  Running Stopped");
    }
  }

  @Test
  void startSaysHowToMakeATokenAsLongAsThereIsNone() throws Exception {
    Path file = file(1, "30s");
    List<String> arguments =
        List.of("serve", "--config=" + file, "--admin-port=0", "--data", "my data");
    String hint =
        "  ./intermission token create --user admin --data 'my data' --config %s".formatted(file);
    try (GatewayProcess gateway = start(arguments)) {
      assertThat(gateway.out())
          .contains("Nobody has a token for the management API yet; this makes one:", hint);
    }
    String token = "my-own-token-of-admin-0123456789";
    try (GatewayProcess gateway =
        GatewayProcess.start(
            folder, Map.of("INTERMISSION_ADMIN_TOKEN", token), arguments.toArray(String[]::new))) {
      assertThat(gateway.out()).doesNotContain(hint);
    }
    try (GatewayProcess gateway = start(arguments)) {
      assertThat(gateway.out()).doesNotContain(hint);
    }
  }

  private GatewayProcess start(List<String> arguments) throws IOException {
    return GatewayProcess.start(folder, Map.of(), arguments.toArray(String[]::new));
  }

  @Test
  void requestThatDoesNotFinishIsCutWhenTheGatewayIsStopped() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        GatewayProcess gateway =
            GatewayProcess.start(
                folder,
                Map.of("INTERMISSION_ADMIN_PORT", "0"),
                "serve",
                "--config",
                file(server.getLocalPort(), "6s").toString());
        Peer client = Peer.connect(gateway.trafficPort()).sendHead("GET /a/b HTTP/1.1", "Host: g");
        Peer upstream = Peer.accept(server)) {
      upstream.readHead();
      gateway.terminate();
      assertThat(client.isClosedByOther()).isTrue();
      assertThat(gateway.exitCode()).isZero();
      assertThat(gateway.errors())
          .contains("WARN  Servers Requests that were not answered within the ")
          .contains("INFO  Running Stopped")
          .doesNotContain("ERROR");
    }
  }
}
