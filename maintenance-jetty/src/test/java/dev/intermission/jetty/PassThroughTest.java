package dev.intermission.jetty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermission.gate.Gate;
import dev.intermission.gate.GateOptions;
import dev.intermission.gate.Wire;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What passes ends as it would have ended without the handler. */
class PassThroughTest {

  private @Nullable JettyServer server;

  @AfterEach
  void stop() throws Exception {
    if (server != null) {
      server.stop();
    }
  }

  private int start(Handler behind, Consumer<Server> setUp) throws Exception {
    JettyServer started = new JettyServer(new Gate(GateOptions.DEFAULTS), behind, setUp);
    server = started;
    return started.port();
  }

  private int start(Handler behind) throws Exception {
    return start(behind, jetty -> {});
  }

  private static ServletContextHandler servlet(HttpServlet servlet) {
    ServletContextHandler context = new ServletContextHandler("/");
    ServletHolder holder = new ServletHolder(servlet);
    holder.setAsyncSupported(true);
    context.addServlet(holder, "/*");
    return context;
  }

  @Test
  void failureIsTheServersError() throws Exception {
    int port =
        start(
            new Handler.Abstract() {
              @Override
              public boolean handle(Request request, Response response, Callback callback) {
                throw new IllegalStateException("broken");
              }
            });
    assertThat(Wire.get(port, "/").status()).isEqualTo(500);
  }

  @Test
  void requestThatNothingTakesGetsTheDefaultHandler() throws Exception {
    int port = start(new Nothing(), jetty -> jetty.setDefaultHandler(new AtDefault()));
    assertThat(Wire.get(port, "/default").text()).isEqualTo("default");
    assertThat(Wire.get(port, "/").status()).isEqualTo(404);
  }

  @Test
  void requestThatThePoolRefusesIsUnavailable() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    BlockingQueue<Runnable> queue = new ArrayBlockingQueue<>(1);
    QueuedThreadPool pool = new QueuedThreadPool(1, 1, 60_000, 0, queue, null);
    Handler blocked =
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback)
              throws Exception {
            release.await();
            Content.Sink.write(response, true, "open", callback);
            return true;
          }
        };
    server =
        new JettyServer(
            new Gate(GateOptions.DEFAULTS), blocked, jetty -> {}, pool, new QueuedThreadPool(8));
    try (Wire first = new Wire(server.port());
        Wire second = new Wire(server.port())) {
      first.send(Wire.request("GET", "/"));
      second.send(Wire.request("GET", "/"));
      await().until(() -> pool.getQueueSize() == 1);
      assertThat(Wire.get(server.port(), "/").status()).isEqualTo(503);
      release.countDown();
      assertThat(first.read(false).text()).isEqualTo("open");
      assertThat(second.read(false).text()).isEqualTo("open");
    }
  }

  @Test
  void asyncServletAnswersLater() throws Exception {
    int port =
        start(
            servlet(
                new HttpServlet() {
                  @Override
                  protected void service(HttpServletRequest request, HttpServletResponse response) {
                    AsyncContext async = request.startAsync();
                    async.start(
                        () -> {
                          try {
                            response.getWriter().print("later");
                          } catch (IOException e) {
                            throw new UncheckedIOException(e);
                          }
                          async.complete();
                        });
                  }
                }));
    try (Wire wire = new Wire(port)) {
      for (int round = 0; round < 20; round++) {
        wire.send(Wire.request("GET", "/"));
        assertThat(wire.read(false).text()).isEqualTo("later");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void bodyStreamsThroughToAServletThatBlocksForIt(boolean expects) throws Exception {
    int port =
        start(
            servlet(
                new HttpServlet() {
                  @Override
                  protected void service(HttpServletRequest request, HttpServletResponse response)
                      throws IOException {
                    byte[] body = request.getInputStream().readAllBytes();
                    response.setContentLength(body.length);
                    response.getOutputStream().write(body);
                  }
                }));
    try (Wire wire = new Wire(port)) {
      for (int round = 0; round < 3; round++) {
        byte[] body = ("x".repeat(1 << 20) + round).getBytes(UTF_8);
        String length = "Content-Length: " + body.length;
        wire.send(
            expects
                ? Wire.request("POST", "/", length, "Expect: 100-continue")
                : Wire.request("POST", "/", length));
        if (expects) {
          assertThat(wire.read(true).status()).isEqualTo(100);
        }
        wire.send(body);
        assertThat(wire.read(false).body()).isEqualTo(body);
      }
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws Exception {
    int port = start(new EchoHandler());
    try (Wire wire = new Wire(port)) {
      StringBuilder all = new StringBuilder();
      for (int i = 0; i < 50; i++) {
        all.append(Wire.request("PUT", "/", "Content-Length: 3")).append(100 + i);
      }
      wire.send(all.toString());
      for (int i = 0; i < 50; i++) {
        assertThat(wire.read(false).text()).isEqualTo("PUT " + (100 + i));
      }
    }
  }

  /** Takes no request. */
  private static final class Nothing extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      return false;
    }
  }

  /** Takes requests to {@code /default}. */
  private static final class AtDefault extends Handler.Abstract.NonBlocking {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      if (!"/default".equals(request.getHttpURI().getPath())) {
        return false;
      }
      Content.Sink.write(response, true, "default", callback);
      return true;
    }
  }
}
