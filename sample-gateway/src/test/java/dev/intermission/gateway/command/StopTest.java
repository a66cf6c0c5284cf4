package dev.intermission.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermission.gateway.Peer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What balancers and operators see of the start and the end of a gateway. */
class StopTest {

  private final Path folder;

  StopTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private GatewayProcess demo(String delay) throws IOException {
    return GatewayProcess.start(
        folder,
        Map.of("INTERMISSION_SHUTDOWN_DELAY", delay),
        "demo",
        "--port",
        "0",
        "--admin-port",
        "0");
  }

  /** Sends a request on a connection of its own. */
  private static HttpResponse<String> get(int port, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofMinutes(1))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void readyzSaysStoppingWhileBothListenersGoOnForTheShutdownDelay() throws Exception {
    try (GatewayProcess gateway = demo("5m")) {
      assertThat(get(gateway.adminPort(), "/readyz").statusCode()).isEqualTo(200);
      gateway.terminate();
      await().until(() -> get(gateway.adminPort(), "/readyz").statusCode() == 503);
      assertThat(get(gateway.adminPort(), "/readyz").body()).startsWith("{\"status\":\"stopping\"");
      assertThat(get(gateway.adminPort(), "/healthz").statusCode()).isEqualTo(200);
      assertThat(get(gateway.trafficPort(), "/api/v1").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void noRequestFailsBehindABalancerThatAsksReadyz() throws Exception {
    try (GatewayProcess gateway = demo("5s")) {
      CountDownLatch served = new CountDownLatch(3);
      CompletableFuture<Integer> balancer =
          CompletableFuture.supplyAsync(() -> sendWhileReady(gateway, served));
      served.await();
      gateway.terminate();
      assertThat(balancer.join()).isGreaterThanOrEqualTo(3);
      assertThat(gateway.exitCode()).isZero();
      assertThat(Peer.isRefused(gateway.trafficPort())).isTrue();
    }
  }

  /** Returns how many requests were sent, each after a 200 of the probe, and answered 200. */
  private static int sendWhileReady(GatewayProcess gateway, CountDownLatch served) {
    int sent = 0;
    try {
      while (get(gateway.adminPort(), "/readyz").statusCode() == 200) {
        assertThat(get(gateway.trafficPort(), "/api/v1").statusCode()).isEqualTo(200);
        sent++;
        served.countDown();
      }
      return sent;
    } catch (Exception e) {
      served.countDown();
      served.countDown();
      served.countDown();
      throw new AssertionError("after " + sent + " requests", e);
    }
  }

  @Test
  void logNamesTheAddressesThatWereBound() throws Exception {
    try (GatewayProcess gateway =
        GatewayProcess.start(
            folder, Map.of(), "demo", "--port=0", "--admin-port=0", "--host=0.0.0.0")) {
      assertThat(gateway.errors())
          .contains(
              " INFO  Gateway Listening for clients on 0.0.0.0:" + gateway.trafficPort() + "\n")
          .contains(
              " INFO  Gateway Listening for operators on 127.0.0.1:" + gateway.adminPort() + "\n");
    }
  }
}
