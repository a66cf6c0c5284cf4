package dev.intermission.bench.compare;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** An upstream that takes as many milliseconds for a request as the request's query says. */
final class SlowUpstream implements AutoCloseable {

  private static final int MOST_THREADS = 500;

  private final Server server = new Server(new QueuedThreadPool(MOST_THREADS));
  private final ServerConnector connector = new ServerConnector(server);
  private final AtomicInteger working = new AtomicInteger();

  SlowUpstream() {
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback)
              throws InterruptedException {
            working.incrementAndGet();
            try {
              Thread.sleep(Long.parseLong(request.getHttpURI().getQuery()));
            } finally {
              working.decrementAndGet();
            }
            response.write(true, ByteBuffer.wrap(new byte[] {'o', 'k'}), callback);
            return true;
          }
        });
    try {
      server.start();
    } catch (Exception e) {
      throw new CompareException("the upstream can't be started: " + e, e);
    }
  }

  int port() {
    return connector.getLocalPort();
  }

  /** Returns how many requests it works on. */
  int working() {
    return working.get();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new CompareException("the upstream can't be stopped: " + e, e);
    }
  }
}
