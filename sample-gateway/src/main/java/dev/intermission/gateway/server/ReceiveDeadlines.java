package dev.intermission.gateway.server;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes connections whose client takes too long to send a request. An idle time-out is not enough:
 * a client that sends a byte from time to time keeps its connection for ever.
 *
 * <p>By itself this class limits the time for each head; with HTTP/2 also for the preface and for
 * each frame that is no part of a body. Together with {@link ReceiveEvents} it limits the time for
 * the bodies of HTTP/1.1 as well.
 */
final class ReceiveDeadlines extends AbstractLifeCycle implements Connection.Listener {

  private static final Logger LOG = LoggerFactory.getLogger(ReceiveDeadlines.class);
  private static final int LOOKS_PER_TIMEOUT = 10;

  private volatile Duration timeout;
  private final Scheduler scheduler;
  private final Map<Connection, Receipt> receipts = new ConcurrentHashMap<>();

  ReceiveDeadlines(Duration timeout, Scheduler scheduler) {
    this.timeout = timeout;
    this.scheduler = scheduler;
  }

  /** Takes another time-out, for what is coming in now too. */
  void timeout(Duration next) {
    timeout = next;
  }

  @Override
  protected void doStart() {
    scheduleLook();
  }

  private void scheduleLook() {
    scheduler.schedule(
        this::look, timeout.toMillis() / LOOKS_PER_TIMEOUT + 1, TimeUnit.MILLISECONDS);
  }

  private void look() {
    if (!isRunning()) {
      return;
    }
    long now = System.nanoTime();
    receipts.forEach(
        (connection, receipt) -> {
          if (receipt.isSlow(now, timeout.toNanos())) {
            receipts.remove(connection);
            LOG.info(
                "Closed a connection from {}: its request took longer than {} ms to come in",
                connection.getEndPoint().getRemoteSocketAddress(),
                timeout.toMillis());
            connection.getEndPoint().close(new TimeoutException("The request came in too slowly"));
          }
        });
    scheduleLook();
  }

  @Override
  public void onOpened(Connection connection) {
    if (connection instanceof HttpConnection http1) {
      receipts.put(connection, new Http1Receipt(http1));
    } else if (connection instanceof HTTP2Connection http2
        && http2.getSession().getParser() instanceof TimedParser parser) {
      receipts.put(connection, parser::isSlow);
    }
  }

  @Override
  public void onClosed(Connection connection) {
    receipts.remove(connection);
  }

  /** Records that the head of a request has arrived, and whether a body follows. */
  void headReceived(Connection connection, boolean bodyFollows) {
    if (bodyFollows && receipts.get(connection) instanceof Http1Receipt receipt) {
      receipt.bodyBegins(System.nanoTime());
    }
  }

  /** Records that a request has arrived, or was answered, so that its body matters no more. */
  void bodyReceived(Connection connection) {
    if (receipts.get(connection) instanceof Http1Receipt receipt) {
      receipt.bodyEnds();
    }
  }

  /** What of a connection has arrived, and since when it was on its way. */
  interface Receipt {

    /** Returns whether something has been coming in for longer than this time. */
    boolean isSlow(long now, long nanos);
  }
}
