package dev.intermission.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermission.api.ProxyCounts;
import dev.intermission.gate.FrontOptions;
import dev.intermission.gate.Gate;
import dev.intermission.gate.GateOptions;
import dev.intermission.gate.InFlight;
import dev.intermission.gate.Proxies;
import dev.intermission.gate.Wire;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The filter counts the requests in flight, if it is told to. */
class CountsInFlightTest {

  private final Gate gate =
      new Gate(GateOptions.DEFAULTS.withBeforeFirstSnapshot(GateOptions.BeforeFirstSnapshot.PASS));
  private final BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
  private final List<JettyServer> servers = new ArrayList<>();
  private int port;

  @AfterEach
  void stop() throws Exception {
    for (JettyServer server : servers) {
      server.stop();
    }
    gate.close();
  }

  /** Answers when the test runs what it puts into the queue. */
  private final class Later extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws ServletException, IOException {
      if (request.getDispatcherType() == DispatcherType.ASYNC) {
        if (request.getRequestURI().endsWith("/twice") && request.getAttribute("twice") == null) {
          request.setAttribute("twice", true);
          AsyncContext again = request.startAsync();
          waiting.add(again::dispatch);
          return;
        }
        response.getOutputStream().print("open");
        return;
      }
      switch (request.getRequestURI()) {
        case "/a/blocking" -> {
          CountDownLatch answered = new CountDownLatch(1);
          waiting.add(answered::countDown);
          try {
            answered.await();
          } catch (InterruptedException e) {
            throw new ServletException(e);
          }
          response.getOutputStream().print("open");
        }
        case "/a/fail" -> throw new ServletException("meant to fail");
        case "/a/complete" -> {
          AsyncContext async = request.startAsync();
          waiting.add(
              () -> {
                try {
                  async.getResponse().getOutputStream().print("open");
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
                async.complete();
              });
        }
        case "/a/upgrade" -> response.setStatus(101);
        case "/a/timeout" -> request.startAsync().setTimeout(100);
        default -> {
          AsyncContext async = request.startAsync();
          waiting.add(async::dispatch);
        }
      }
    }
  }

  private void start(FrontOptions options) throws Exception {
    gate.publish(Proxies.snapshot(1, Proxies.open("/a")));
    serve(options);
  }

  private void serve(FrontOptions options) throws Exception {
    JettyServer server = JettyServer.of(new MaintenanceFilter(gate, options), new Later());
    servers.add(server);
    port = server.port();
  }

  private void awaitInFlight(int passed) {
    await()
        .untilAsserted(
            () ->
                assertThat(gate.inFlight().of(Proxies.open("/a").id()))
                    .isEqualTo(new InFlight.Reading(passed, 0)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"blocking", "complete", "dispatch", "twice"})
  void requestCountsUntilItIsOver(String how) throws Exception {
    start(FrontOptions.DEFAULTS.countingInFlight());
    try (Wire wire = new Wire(port)) {
      wire.send(Wire.request("GET", "/a/" + how));
      Runnable answer = waiting.take();
      awaitInFlight(1);
      gate.publish(Proxies.snapshot(2, Proxies.closed("/a")));
      assertThat(Wire.get(port, "/a").text()).isEqualTo("/a");
      if (how.equals("twice")) {
        answer.run();
        answer = waiting.take();
      }
      assertThat(gate.counts().proxies())
          .containsExactly(new ProxyCounts(Proxies.open("/a").id(), true, 1, 0, 0, 1, 0));
      answer.run();
      assertThat(wire.read(false).text()).isEqualTo("open");
      awaitInFlight(0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fail", "timeout"})
  void requestThatFailsIsNoLongerCounted(String how) throws Exception {
    start(FrontOptions.DEFAULTS.countingInFlight());
    assertThat(Wire.get(port, "/a/" + how).status()).isEqualTo(500);
    awaitInFlight(0);
  }

  @Test
  void requestThatPassesBeforeTheFirstSnapshotIsKnownToBeInFlight() throws Exception {
    serve(FrontOptions.DEFAULTS.countingInFlight());
    try (Wire wire = new Wire(port)) {
      wire.send(Wire.request("GET", "/a/complete"));
      Runnable answer = waiting.take();
      gate.publish(Proxies.snapshot(1, Proxies.closed("/a")));
      assertThat(Wire.get(port, "/a").text()).isEqualTo("/a");
      assertThat(gate.counts().countsInFlight()).isFalse();
      answer.run();
      assertThat(wire.read(false).text()).isEqualTo("open");
      await().until(() -> gate.counts().countsInFlight());
    }
  }

  @Test
  void afterAnUpgradeItIsNotKnownWhatIsInFlight() throws Exception {
    start(FrontOptions.DEFAULTS.countingInFlight());
    assertThat(gate.counts().countsInFlight()).isTrue();
    try (Wire wire = new Wire(port)) {
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
  }

  @Test
  void nothingIsCountedUnlessItIsTold() throws Exception {
    start(FrontOptions.DEFAULTS);
    try (Wire wire = new Wire(port)) {
      wire.send(Wire.request("GET", "/a/complete"));
      Runnable answer = waiting.take();
      awaitInFlight(0);
      assertThat(gate.counts().countsInFlight()).isFalse();
      answer.run();
      assertThat(wire.read(false).text()).isEqualTo("open");
    }
  }
}
