package dev.intermission.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermission.api.ProxyCounts;
import dev.intermission.gate.FrontOptions;
import dev.intermission.gate.Gate;
import dev.intermission.gate.GateOptions;
import dev.intermission.gate.InFlight;
import dev.intermission.gate.Proxies;
import dev.intermission.gate.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The handler counts the requests in flight, if it is told to. */
class CountsInFlightTest {

  private final Gate gate =
      new Gate(GateOptions.DEFAULTS.withBeforeFirstSnapshot(GateOptions.BeforeFirstSnapshot.PASS));
  private final BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
  private final List<JettyServer> servers = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    for (JettyServer server : servers) {
      server.stop();
    }
    gate.close();
  }

  private JettyServer start(FrontOptions options) throws Exception {
    gate.publish(Proxies.snapshot(1, Proxies.open("/a")));
    return serve(options);
  }

  private JettyServer serve(FrontOptions options) throws Exception {
    Handler later =
        new Handler.Abstract.NonBlocking() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            if (Request.getPathInContext(request).endsWith("/fail")) {
              throw new IllegalStateException("meant to fail");
            }
            if (Request.getPathInContext(request).endsWith("/upgrade")) {
              response.setStatus(101);
              callback.succeeded();
              return true;
            }
            waiting.add(() -> Content.Sink.write(response, true, "open", callback));
            return true;
          }
        };
    JettyServer server = new JettyServer(new MaintenanceHandler(gate, later, options));
    servers.add(server);
    return server;
  }

  private void awaitInFlight(int passed) {
    await()
        .untilAsserted(
            () ->
                assertThat(gate.inFlight().of(Proxies.open("/a").id()))
                    .isEqualTo(new InFlight.Reading(passed, 0)));
  }

  @Test
  void requestCountsUntilItsResponseIsThere() throws Exception {
    JettyServer server = start(FrontOptions.DEFAULTS.countingInFlight());
    try (Wire one = new Wire(server.port());
        Wire other = new Wire(server.port())) {
      one.send(Wire.request("GET", "/a"));
      other.send(Wire.request("GET", "/a/%62"));
      Runnable first = waiting.take();
      Runnable second = waiting.take();
      awaitInFlight(2);
      gate.publish(Proxies.snapshot(2, Proxies.closed("/a")));
      assertThat(Wire.get(server.port(), "/a").text()).isEqualTo("/a");
      awaitInFlight(2);
      assertThat(gate.counts().proxies())
          .containsExactly(new ProxyCounts(Proxies.open("/a").id(), true, 1, 0, 0, 2, 0));
      assertThat(gate.counts().countsInFlight()).isTrue();
      first.run();
      awaitInFlight(1);
      second.run();
      awaitInFlight(0);
      assertThat(one.read(false).text()).isEqualTo("open");
      assertThat(other.read(false).text()).isEqualTo("open");
    }
  }

  @Test
  void requestThatFailsIsNoLongerCounted() throws Exception {
    JettyServer server = start(FrontOptions.DEFAULTS.countingInFlight());
    assertThat(Wire.get(server.port(), "/a/fail").status()).isEqualTo(500);
    awaitInFlight(0);
  }

  @Test
  void requestThatPassesBeforeTheFirstSnapshotIsKnownToBeInFlight() throws Exception {
    JettyServer server = serve(FrontOptions.DEFAULTS.countingInFlight());
    try (Wire wire = new Wire(server.port())) {
      wire.send(Wire.request("GET", "/a"));
      Runnable answer = waiting.take();
      gate.publish(Proxies.snapshot(1, Proxies.closed("/a")));
      assertThat(Wire.get(server.port(), "/a").text()).isEqualTo("/a");
      assertThat(gate.counts().countsInFlight()).isFalse();
      answer.run();
      assertThat(wire.read(false).text()).isEqualTo("open");
      await().until(() -> gate.counts().countsInFlight());
    }
  }

  @Test
  void afterAnUpgradeItIsNotKnownWhatIsInFlight() throws Exception {
    JettyServer server = start(FrontOptions.DEFAULTS.countingInFlight());
    assertThat(gate.counts().countsInFlight()).isTrue();
    try (Wire wire = new Wire(server.port())) {
      wire.send(Wire.request("GET", "/a/upgrade"));
      assertThat(wire.read(true).status()).isEqualTo(101);
      await().until(() -> !gate.counts().countsInFlight());
    }
  }

  @Test
  void eachFrontMustCount() throws Exception {
    start(FrontOptions.DEFAULTS.countingInFlight());
    assertThat(gate.counts().countsInFlight()).isTrue();
    serve(FrontOptions.DEFAULTS);
    assertThat(gate.counts().countsInFlight()).isFalse();
    gate.inFlight().begin();
    assertThat(gate.counts().countsInFlight()).as("behind all fronts").isTrue();
  }

  @Test
  void nothingIsCountedUnlessItIsTold() throws Exception {
    JettyServer server = start(FrontOptions.DEFAULTS);
    try (Wire wire = new Wire(server.port())) {
      wire.send(Wire.request("GET", "/a"));
      Runnable answer = waiting.take();
      awaitInFlight(0);
      assertThat(gate.counts().countsInFlight()).isFalse();
      answer.run();
      assertThat(wire.read(false).text()).isEqualTo("open");
    }
  }
}
