package dev.intermission.gateway.server;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes connections whose client takes too long to send a request. An idle time-out is not enough:
 * a client that sends a byte from time to time keeps its connection for ever.
 *
 * <p>By itself this class limits the time for the head of the first request of a connection of
 * HTTP/1.1. Together with {@link ReceiveEvents} it limits the time for each request, including its
 * body. With HTTP/2 it limits the time for the preface, for each head, and for each frame that is
 * no part of a body.
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
          if (receipt.isDue(connection, now, timeout.toNanos())) {
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
    receipts.put(
        connection,
        connection instanceof HTTP2Connection http2
                && http2.getSession().getParser() instanceof TimedParser parser
            ? new FrameReceipt(parser)
            : new Receipt());
  }

  @Override
  public void onClosed(Connection connection) {
    receipts.remove(connection);
  }

  /** Records that the head of a request has arrived, and whether a body follows. */
  void headReceived(Connection connection, boolean bodyFollows) {
    Receipt receipt = receipts.get(connection);
    if (receipt != null) {
      receipt.headReceived(bodyFollows, System.nanoTime());
    }
  }

  /** Records that the body of a request has arrived. */
  void bodyReceived(Connection connection) {
    Receipt receipt = receipts.get(connection);
    if (receipt != null) {
      receipt.bodyReceived();
    }
  }

  /** Records that a request was answered, so that the next one may arrive. */
  void answered(Connection connection) {
    Receipt receipt = receipts.get(connection);
    if (receipt != null) {
      receipt.answered(connection.getBytesIn(), connection.getMessagesIn());
    }
  }

  /** How much of a connection's request has arrived. */
  private static class Receipt {

    private boolean inHead = true;
    private boolean timed;
    private long since;
    private long bytesBefore;
    private long messagesBefore;

    synchronized void headReceived(boolean bodyFollows, long now) {
      inHead = false;
      timed = bodyFollows;
      since = now;
    }

    synchronized void bodyReceived() {
      timed = false;
    }

    synchronized void answered(long bytesIn, long messagesIn) {
      inHead = true;
      timed = false;
      bytesBefore = bytesIn;
      messagesBefore = messagesIn;
    }

    synchronized boolean isDue(Connection connection, long now, long timeoutNanos) {
      if (inHead) {
        if (connection.getMessagesIn() != messagesBefore) {
          timed = false;
        } else if (!timed && connection.getBytesIn() > bytesBefore) {
          timed = true;
          since = now;
        }
      }
      return timed && now - since > timeoutNanos;
    }
  }

  /** How much of a frame of HTTP/2 has arrived, or of a head in several frames. */
  private static final class FrameReceipt extends Receipt {

    private final TimedParser parser;

    FrameReceipt(TimedParser parser) {
      this.parser = parser;
    }

    @Override
    synchronized boolean isDue(Connection connection, long now, long timeoutNanos) {
      return parser.isSlow(now, timeoutNanos);
    }
  }
}
