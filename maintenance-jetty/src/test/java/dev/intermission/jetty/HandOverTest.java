package dev.intermission.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermission.gate.Gate;
import dev.intermission.gate.GateOptions;
import dev.intermission.gate.Proxies;
import dev.intermission.gate.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which thread does what. */
class HandOverTest {

  private final Gate gate = new Gate(GateOptions.DEFAULTS);
  private final Queue<Thread> reading = new ConcurrentLinkedQueue<>();
  private final Queue<Thread> handling = new ConcurrentLinkedQueue<>();
  private final List<AutoCloseable> open = new ArrayList<>();

  @BeforeEach
  void publish() {
    gate.publish(Proxies.snapshot(1, Proxies.closed("/closed"), Proxies.open("/open")));
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  private JettyServer start(JettyServer server) {
    open.add(server::stop);
    return server;
  }

  /** Notes the thread that handles, and answers "open". */
  private Handler noting(InvocationType type) {
    return new Handler.Abstract(type) {
      @Override
      public boolean handle(Request request, Response response, Callback callback) {
        handling.add(Thread.currentThread());
        Content.Sink.write(response, true, "open", callback);
        return true;
      }
    };
  }

  /** Notes the thread that reads, in front of everything. */
  private void noteReading(Server server) {
    server.insertHandler(
        new Handler.Wrapper() {
          @Override
          public boolean handle(Request request, Response response, Callback callback)
              throws Exception {
            reading.add(Thread.currentThread());
            return super.handle(request, response, callback);
          }
        });
  }

  private Wire.Reply ask(JettyServer server, String path) throws Exception {
    return Wire.get(server.port(), path);
  }

  @ParameterizedTest
  @EnumSource(
      value = InvocationType.class,
      names = {"BLOCKING", "EITHER"})
  void handlerThatMayBlockNeverRunsOnTheReadingThread(InvocationType type) throws Exception {
    JettyServer server = start(new JettyServer(gate, noting(type), this::noteReading));
    assertThat(server.server().getInvocationType()).isEqualTo(InvocationType.NON_BLOCKING);
    for (int i = 0; i < 100; i++) {
      assertThat(ask(server, "/open").text()).isEqualTo("open");
    }
    assertThat(reading).hasSize(100);
    assertThat(handling).hasSize(100).doesNotContainAnyElementsOf(reading);
  }

  @Test
  void handlerThatNeverBlocksRunsOnTheReadingThread() throws Exception {
    JettyServer server =
        start(new JettyServer(gate, noting(InvocationType.NON_BLOCKING), this::noteReading));
    for (int i = 0; i < 100; i++) {
      assertThat(ask(server, "/open").text()).isEqualTo("open");
    }
    assertThat(handling).hasSize(100).containsExactlyElementsOf(reading);
  }

  @Test
  void closedProxiesAreAnsweredWhileEveryThreadOfThePoolIsBlocked() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    open.add(release::countDown);
    JettyServer server = start(new JettyServer(gate, blockedUntil(release)));
    Wire wire = new Wire(server.port());
    Http2Client http2 = new Http2Client(server.port());
    wire.send(Wire.request("GET", "/closed"));
    assertThat(wire.read(false).text()).isEqualTo("/closed");
    assertThat(http2.get("/closed").text()).isEqualTo("/closed");
    List<Wire> waiting = blockThePoolOf(server);
    try (wire;
        http2) {
      for (int i = 0; i < 20; i++) {
        wire.send(Wire.request("GET", "/closed"));
        assertThat(wire.read(false).text()).isEqualTo("/closed");
        assertThat(http2.get("/closed").text()).isEqualTo("/closed");
      }
    }
    release.countDown();
    for (Wire each : waiting) {
      assertThat(each.read(false).text()).isEqualTo("open");
    }
  }

  /** Jetty sets up new connections, and goes on after a dropped body, in the connector's pool. */
  @Test
  void connectorWithAPoolOfItsOwnTakesNewConnectionsWhileTheServersPoolIsBlocked()
      throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    open.add(release::countDown);
    QueuedThreadPool connectors = new QueuedThreadPool(8);
    JettyServer server =
        start(
            new JettyServer(
                gate, blockedUntil(release), jetty -> {}, new QueuedThreadPool(16), connectors));
    List<Wire> waiting = blockThePoolOf(server);
    for (int connection = 0; connection < 5; connection++) {
      try (Wire wire = new Wire(server.port());
          Http2Client http2 = new Http2Client(server.port())) {
        for (int i = 0; i < 5; i++) {
          wire.send(Wire.request("POST", "/closed", "Content-Length: 5"));
          assertThat(wire.read(false).text()).isEqualTo("/closed");
          wire.send("12345");
          assertThat(http2.get("/closed").text()).isEqualTo("/closed");
        }
      }
    }
    release.countDown();
    for (Wire each : waiting) {
      assertThat(each.read(false).text()).isEqualTo("open");
    }
  }

  private static Handler blockedUntil(CountDownLatch release) {
    return new Handler.Abstract() {
      @Override
      public boolean handle(Request request, Response response, Callback callback)
          throws Exception {
        release.await();
        Content.Sink.write(response, true, "open", callback);
        return true;
      }
    };
  }

  /** Sends more open requests than there are threads, and returns when these are all blocked. */
  private List<Wire> blockThePoolOf(JettyServer server) throws Exception {
    List<Wire> waiting = new ArrayList<>();
    for (int i = 0; i < 2 * server.pool().getMaxThreads(); i++) {
      Wire each = new Wire(server.port());
      open.add(each);
      waiting.add(each);
      each.send(Wire.request("GET", "/open"));
    }
    await().until(() -> server.pool().getQueueSize() > 0 && server.pool().getIdleThreads() == 0);
    return waiting;
  }

  @Test
  void blockingServerIsNotMadeToHandOverTwice() throws Exception {
    JettyServer server =
        start(
            new JettyServer(
                gate,
                noting(InvocationType.BLOCKING),
                dynamic -> {
                  dynamic.setDynamic(true);
                  noteReading(dynamic);
                }));
    assertThat(ask(server, "/open").text()).isEqualTo("open");
    assertThat(ask(server, "/closed").text()).isEqualTo("/closed");
    assertThat(reading).startsWith(handling.toArray(Thread[]::new)).hasSize(2);
  }
}
