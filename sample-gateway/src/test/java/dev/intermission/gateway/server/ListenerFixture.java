package dev.intermission.gateway.server;

import dev.intermission.gateway.Peer;
import dev.intermission.gateway.config.ListenerConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;

/** Starts listeners with handlers of the tests behind them. */
abstract class ListenerFixture {

  static final Duration LONG = Duration.ofSeconds(60);
  static final Duration SHORT = Duration.ofMillis(400);

  private final List<Listener> started = new ArrayList<>();

  /** What a test has behind a listener; may block. */
  interface Behaviour {
    String answer(Request request) throws Exception;
  }

  static Handler handler(Behaviour behaviour) {
    return new Handler.Abstract() {
      @Override
      public boolean handle(Request request, Response response, Callback callback)
          throws Exception {
        response.write(
            true, org.eclipse.jetty.util.BufferUtil.toBuffer(behaviour.answer(request)), callback);
        return true;
      }
    };
  }

  static ListenerConfig config(int maxConnections, Duration idle, Duration receive) {
    return new ListenerConfig("127.0.0.1", 0, maxConnections, 2048, idle, receive, false, null);
  }

  Listener admin(ListenerConfig config, Handler handler) throws Exception {
    return started(Listener.admin(config, new StopTime(LONG)), handler);
  }

  Listener traffic(ListenerConfig config, Handler handler) throws Exception {
    return started(Listener.traffic(config, new StopTime(LONG)), handler);
  }

  private Listener started(Listener listener, Handler handler) throws Exception {
    started.add(listener);
    listener.start(handler);
    return listener;
  }

  @AfterEach
  void stop() {
    started.forEach(Listener::close);
  }

  static Peer connect(Listener listener) throws IOException {
    return Peer.connect(listener.port());
  }

  /** Sends a byte now and then, and returns when the listener has closed the connection. */
  static void dribbleUntilCut(Peer client, String piece) throws IOException {
    while (!client.isClosedWithin(Duration.ofMillis(20))) {
      try {
        client.send(piece);
      } catch (IOException e) {
        // The connection was cut.
        return;
      }
    }
  }
}
