package dev.intermission.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.ProxyId;
import dev.intermission.api.RoutingAddress;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that comes over IPv6 has one address in fields, audit and log: the shortest form. */
class Ipv6ClientTest {

  private static final HttpResponse.BodyHandler<String> TEXT = HttpResponse.BodyHandlers.ofString();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Test
  void addressHasItsShortestForm(@TempDir Path folder) throws Exception {
    assumeTrue(NetworkInterface.getByInetAddress(loopback()) != null);
    try (ServerSocket server = new ServerSocket(0, 50, loopback());
        RunningGateway gateway = start(folder, server)) {
      String traffic = "http://[::1]:" + gateway.trafficPort() + "/api";
      CompletableFuture<HttpResponse<String>> answer =
          client.sendAsync(HttpRequest.newBuilder(URI.create(traffic)).build(), TEXT);
      try (Peer upstream = Peer.accept(server)) {
        Peer.Head head = upstream.readHead();
        assertThat(head.value("X-Forwarded-For")).isEqualTo("::1");
        assertThat(head.value("Forwarded"))
            .isEqualTo("for=\"[::1]\";host=\"[::1]:" + gateway.trafficPort() + "\";proto=http");
        upstream.sendHead("HTTP/1.1 204 None");
      }
      assertThat(answer.get().statusCode()).isEqualTo(204);

      URI proxy =
          URI.create(
              "http://[::1]:" + gateway.adminPort() + "/apiops/projects/MyProject/apiProxies/A/");
      send(proxy.resolve("settings/maintenance-mode/"), "PATCH", "{\"enabled\": true}");
      assertThat(send(proxy.resolve("audit/"), "GET", "")).contains("\"address\":\"::1\"");
    }
  }

  private static InetAddress loopback() throws UnknownHostException {
    byte[] address = new byte[16];
    address[15] = 1;
    return InetAddress.getByAddress(address);
  }

  private static RunningGateway start(Path folder, ServerSocket server) throws Exception {
    ApiProxy proxy =
        new ApiProxy(
            new ProxyId("MyProject", "A"),
            "",
            "REST",
            List.of("/api"),
            List.of("[0:0:0:0:0:0:0:1]"),
            List.of(
                new RoutingAddress(URI.create("http://[::1]:" + server.getLocalPort()), 1, false)),
            List.of(),
            "PRIVATE",
            false);
    return RunningGateway.start(
        RunningGateway.with(
            RunningGateway.config(folder, proxy),
            traffic -> traffic.at("::1", 0),
            admin -> admin.at("::1", 0),
            upstream -> upstream));
  }

  private String send(URI uri, String method, String body) throws Exception {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + RunningGateway.ADMIN_TOKEN)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            TEXT);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }
}
