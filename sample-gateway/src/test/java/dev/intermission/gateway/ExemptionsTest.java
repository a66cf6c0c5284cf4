package dev.intermission.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.intermission.api.AddressRange;
import dev.intermission.api.ApiProxy;
import dev.intermission.gate.Wire;
import dev.intermission.gateway.config.Front;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What of a closed API stays open, and to whom, through the whole gateway with each front. */
class ExemptionsTest {

  private static final String TO_PRODUCTION =
      ",\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"production\"]}";
  private static final String CLOSE =
      "{\"enabled\":true,\"httpStatusCode\":503,\"contentType\":\"text/plain\",\"message\":\"closed\",";

  private final Path folder;
  private final HttpServer upstream;

  ExemptionsTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    upstream.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          byte[] body = "upstream".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Cache-Control", "max-age=60");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    upstream.start();
  }

  @AfterEach
  void stop() {
    upstream.stop(0);
  }

  private RunningGateway start(Front front, String... trusted) throws Exception {
    ApiProxy proxy =
        RunningGateway.proxy(
            "MyAPI", "/api", "http://127.0.0.1:" + upstream.getAddress().getPort());
    return RunningGateway.start(
        RunningGateway.behind(
            front,
            RunningGateway.trusting(
                RunningGateway.config(folder, proxy),
                Stream.of(trusted).map(AddressRange::parse).toArray(AddressRange[]::new))));
  }

  private static void patch(RunningGateway gateway, String fields) throws Exception {
    assertThat(
            gateway
                .patch(
                    RunningGateway.proxy("MyAPI", "/api", "http://localhost").id(),
                    CLOSE + fields + TO_PRODUCTION)
                .statusCode())
        .isEqualTo(200);
  }

  private static Wire.Reply send(
      RunningGateway gateway, String method, String target, String... lines) throws IOException {
    return Wire.exchange(gateway.trafficPort(), Wire.request(method, target, lines));
  }

  private static String get(RunningGateway gateway, String... lines) throws IOException {
    return send(gateway, "GET", "/api/x", lines).text();
  }

  @ParameterizedTest
  @EnumSource(Front.class)
  void readOnlyMode(Front front) throws Exception {
    try (RunningGateway gateway = start(front)) {
      patch(gateway, "\"closedMethods\":[\"POST\",\"PUT\",\"PATCH\",\"DELETE\"]");
      Wire.Reply read = send(gateway, "GET", "/api/x");
      assertThat(read.text()).isEqualTo("upstream");
      assertThat(read.field("Cache-Control")).isEqualTo("max-age=60");
      assertThat(send(gateway, "DELETE", "/api/x").text()).isEqualTo("closed");
      assertThat(send(gateway, "POST", "/api/x", "Content-Length: 0").text()).isEqualTo("closed");
      assertThat(get(gateway, "X-HTTP-Method-Override: DELETE")).isEqualTo("closed");
      assertThat(get(gateway, "X_HTTP_Method_Override: DELETE")).isEqualTo("closed");
      assertThat(
              get(
                  gateway,
                  "Connection: Upgrade",
                  "Upgrade: websocket",
                  "Sec-WebSocket-Version: 13",
                  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="))
          .isEqualTo("closed");
      patch(gateway, "\"closedMethods\":[]");
      assertThat(get(gateway)).isEqualTo("closed");
    }
  }

  @ParameterizedTest
  @EnumSource(Front.class)
  void healthCheckStaysOpen(Front front) throws Exception {
    try (RunningGateway gateway = start(front)) {
      patch(gateway, "\"openPaths\":[\"/health\"]");
      assertThat(send(gateway, "GET", "/api/health/db").text()).isEqualTo("upstream");
      assertThat(send(gateway, "GET", "/api/health/..%2fx").text()).isEqualTo("closed");
      assertThat(get(gateway)).isEqualTo("closed");
    }
  }

  @ParameterizedTest
  @EnumSource(Front.class)
  void nobodyIsBelievedWhoIsNoTrustedProxy(Front front) throws Exception {
    try (RunningGateway gateway = start(front, "10.0.0.0/8")) {
      patch(gateway, "\"openToAddresses\":[\"192.0.2.0/24\",\"10.0.0.0/8\",\"::/0\"]");
      assertThat(get(gateway)).isEqualTo("closed");
      assertThat(get(gateway, "X-Forwarded-For: 192.0.2.7")).isEqualTo("closed");
      assertThat(get(gateway, "Forwarded: for=192.0.2.7")).isEqualTo("closed");
      assertThat(get(gateway, "X-Real-IP: 192.0.2.7")).isEqualTo("closed");
      patch(gateway, "\"openToAddresses\":[\"127.0.0.0/8\"]");
      Wire.Reply open = send(gateway, "GET", "/api/x", "X-Forwarded-For: 192.0.2.7");
      assertThat(open.text()).isEqualTo("upstream");
      assertThat(open.field("Cache-Control")).isEqualTo("no-store");
    }
  }

  @ParameterizedTest
  @EnumSource(Front.class)
  void trustedProxiesTellTheClient(Front front) throws Exception {
    try (RunningGateway gateway = start(front, "127.0.0.1", "10.0.0.0/8", "fd00::/8")) {
      patch(gateway, "\"openToAddresses\":[\"192.0.2.0/24\",\"2001:db8::/32\"]");
      for (String line :
          new String[] {
            "X-Forwarded-For: 192.0.2.7",
            "X-Forwarded-For: 198.51.100.1, 192.0.2.7",
            "X-Forwarded-For: 192.0.2.7, 10.0.0.1, fd00::2",
            "X-Forwarded-For: [2001:db8::7]:4711, 10.0.0.1:80",
            "Forwarded: for=\"[2001:db8::7]:4711\";proto=https, for=10.0.0.1"
          }) {
        assertThat(get(gateway, line)).as(line).isEqualTo("upstream");
      }
      for (String line :
          new String[] {
            "X-Other: x",
            "X-Forwarded-For: 192.0.2.7, 198.51.100.1",
            "X-Forwarded-For: 192.0.2.7, 198.51.100.1, 10.0.0.1",
            "X-Forwarded-For: 192.0.2.7, unknown",
            "X-Forwarded-For: 192.0.2.7,",
            "Forwarded: for=192.0.2.7, for=\"_x\"",
            "Forwarded: for=\"192.0.2.7"
          }) {
        assertThat(get(gateway, line)).as(line).isEqualTo("closed");
      }
      assertThat(get(gateway, "X-Forwarded-For: 198.51.100.1", "Forwarded: for=192.0.2.7"))
          .isEqualTo("closed");
    }
  }

  @ParameterizedTest
  @EnumSource(Front.class)
  void clientsReturnInStages(Front front) throws Exception {
    try (RunningGateway gateway = start(front, "127.0.0.1")) {
      List<Integer> before = List.of();
      for (int percent : new int[] {20, 50, 50, 99}) {
        patch(gateway, "\"admitPercent\":" + percent);
        List<Integer> admitted = new ArrayList<>();
        for (int client = 0; client < 100; client++) {
          String seen = get(gateway, "X-Forwarded-For: 192.0.2." + client);
          assertThat(seen).isIn("upstream", "closed");
          if (seen.equals("upstream")) {
            admitted.add(client);
          }
        }
        assertThat(admitted).containsAll(before);
        // A hundred clients are few; that the share is right is seen with ten thousand at the gate.
        assertThat(admitted.size()).isBetween(percent - 20, percent + 20);
        before = admitted;
      }
      patch(gateway, "\"admitPercent\":0");
      assertThat(get(gateway, "X-Forwarded-For: 192.0.2." + before.get(0))).isEqualTo("closed");
    }
  }
}
