package dev.intermission.admin.overview;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermission.admin.AdminServer;
import dev.intermission.admin.AdminTest;
import dev.intermission.admin.Events;
import dev.intermission.admin.Http;
import dev.intermission.admin.TestCatalog;
import dev.intermission.api.ApiProxy;
import dev.intermission.api.ProxyCatalog;
import dev.intermission.api.ProxyId;
import dev.intermission.api.RoutingAddress;
import dev.intermission.api.User;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients that open a stream and do not read it. */
@Tag("slow")
class SlowReaderTest extends AdminTest {

  private static final String CLOSE =
      """
      {"enabled":true,"httpStatusCode":503,"deploy":true,"deployTargetEnvironmentNameList":["production"]}""";

  /** So many APIs that their state does not fit into the buffers of a connection. */
  private static final int APIS = 10_000;

  private record Catalog(
      Set<String> environments,
      Set<String> projects,
      Map<ApiProxy, Set<String>> proxies,
      Set<User> users)
      implements ProxyCatalog {}

  private static ProxyCatalog catalog() {
    TestCatalog small = new TestCatalog();
    Map<ApiProxy, Set<String>> proxies = new HashMap<>(small.proxies());
    RoutingAddress upstream = new RoutingAddress(URI.create("http://127.0.0.1:8081"), 1, false);
    proxies.putAll(
        IntStream.range(0, APIS)
            .mapToObj(
                i -> ApiProxy.of(new ProxyId("MyProject", "many-" + i), "/many/" + i, upstream))
            .collect(Collectors.toMap(proxy -> proxy, proxy -> Set.<String>of())));
    return new Catalog(small.environments(), small.projects(), proxies, small.users());
  }

  private Socket openAndDoNotRead() throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4 << 10);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    socket
        .getOutputStream()
        .write(
            ("GET /apiops/maintenance/events/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                    + server.token("operator")
                    + "\r\n\r\n")
                .getBytes(ISO_8859_1));
    // The stream counts as open then.
    assertThat(socket.getInputStream().read()).isEqualTo('H');
    return socket;
  }

  /** Opens as many streams as the user may have. */
  private void openAll() throws Exception {
    List<Events> all = new ArrayList<>();
    try {
      for (int i = 0; i < EventStreams.OF_USER; i++) {
        all.add(Events.open(server.port(), server.token("operator"), "?closed=true", null));
      }
    } finally {
      for (Events events : all) {
        events.close();
      }
    }
  }

  @Test
  void theyAreClosedAndKeepNobodyWaiting() throws Exception {
    server.store.settings().apply(catalog(), AdminServer.SETUP);
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < EventStreams.OF_USER; i++) {
        slow.add(openAndDoNotRead());
      }
      Http another =
          Http.request("GET", "/apiops/maintenance/events/").token(server.token("operator"));
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> another.send(server.port()).status() == 429);
      try (Events events =
          Events.open(
              server.port(), server.token("viewer"), "?environment=production&q=MyAPI", null)) {
        assertThat(events.next().name()).isEqualTo("state");
        patch(CLOSE);
        assertThat(events.next().data().path("resultList").path(0).path("closed").asBoolean())
            .isTrue();
      }
      await()
          .atMost(Duration.ofMinutes(5))
          .pollInterval(Duration.ofSeconds(15))
          .ignoreExceptions()
          .until(
              () -> {
                openAll();
                return true;
              });
      String got = new String(slow.get(0).getInputStream().readAllBytes(), ISO_8859_1);
      assertThat(got).startsWith("TTP/1.1 200").contains("event: state");
      assertThat(got).doesNotContain("\"last\":true");
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }
}
