package dev.intermission.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermission.api.DeployedProxy;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.Snapshot;
import dev.intermission.gate.Gate;
import dev.intermission.gate.GateOptions;
import dev.intermission.gateway.Peer;
import dev.intermission.gateway.RunningGateway;
import dev.intermission.gateway.config.UpstreamConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tunnels that have come and gone leave nothing behind. */
class ManyTunnelsTest {

  private static final int TUNNELS = 200;
  private static final Duration LONG = Duration.ofMinutes(1);

  private final QueuedThreadPool threads = new QueuedThreadPool();
  private final ArrayByteBufferPool.Tracking buffers = new ArrayByteBufferPool.Tracking();
  private final Server server = new Server(threads, null, buffers);
  private final ServerConnector connector = new ServerConnector(server);
  private ServerSocket upstream;

  @BeforeEach
  void start() throws Exception {
    upstream = new ServerSocket(0, TUNNELS, InetAddress.getLoopbackAddress());
    DeployedProxy proxy =
        new DeployedProxy(
            RunningGateway.proxy("A", "/api", "http://127.0.0.1:" + upstream.getLocalPort()),
            1,
            MaintenanceSettings.DEFAULT);
    Gate gate = new Gate(GateOptions.DEFAULTS);
    gate.publish(new Snapshot("production", 1, Map.of(proxy.id(), proxy)));
    server.addConnector(connector);
    server.setHandler(
        new ReverseProxy(gate, new UpstreamConfig(LONG, LONG, LONG, 1, false), List.of(), null));
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
    upstream.close();
  }

  private record Pair(Peer client, Peer upstream) {

    void exchange() throws IOException {
      client.send("up");
      assertThat(upstream.read(2)).isEqualTo("up");
      upstream.send("down");
      assertThat(client.read(4)).isEqualTo("down");
    }

    void close(int way) throws IOException {
      if (way == 0) {
        client.close();
      } else if (way == 1) {
        client.reset();
      } else if (way == 2) {
        upstream.close();
      } else {
        upstream.reset();
      }
    }
  }

  private Pair open() throws IOException {
    Peer client =
        Peer.connect(connector.getLocalPort())
            .sendHead("GET /api HTTP/1.1", "Host: g", "Connection: Upgrade", "Upgrade: websocket");
    Peer end = Peer.accept(upstream);
    end.readHead();
    end.sendHead("HTTP/1.1 101 OK", "Connection: Upgrade", "Upgrade: websocket");
    assertThat(client.readHead().status()).isEqualTo(101);
    return new Pair(client, end);
  }

  /** There is one connection to the upstream at a time, of which tunnels are none. */
  @Test
  void connectionsThreadsAndBuffersAreFreeAgain() throws Exception {
    List<Pair> tunnels = new ArrayList<>();
    for (int i = 0; i < TUNNELS; i++) {
      tunnels.add(open());
    }
    for (Pair tunnel : tunnels) {
      tunnel.exchange();
    }
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> assertThat(threads.getThreads() - threads.getIdleThreads()).isLessThan(20));
    await().atMost(LONG).untilAsserted(() -> assertThat(buffers.getLeaks()).isEmpty());
    assertThat(connector.getConnectedEndPoints()).hasSize(TUNNELS);

    for (int i = 0; i < TUNNELS; i++) {
      tunnels.get(i).close(i % 4);
    }
    for (int i = 0; i < TUNNELS; i++) {
      Pair tunnel = tunnels.get(i);
      assertThat((i % 4 < 2 ? tunnel.upstream() : tunnel.client()).isClosedByOther()).isTrue();
    }
    for (Pair tunnel : tunnels) {
      tunnel.client().close();
      tunnel.upstream().close();
    }
    await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(connector.getConnectedEndPoints()).isEmpty());
    await().atMost(LONG).untilAsserted(() -> assertThat(buffers.getLeaks()).isEmpty());
  }
}
