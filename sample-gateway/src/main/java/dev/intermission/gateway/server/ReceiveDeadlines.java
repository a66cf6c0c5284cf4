package dev.intermission.gateway.server;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes HTTP/1.1 connections whose client takes too long to send a request. An idle time-out does
 * not: a byte now and then keeps a connection, and with it a place among the connections, for ever.
 *
 * <p>On its own this times the head of a connection's first request. Where a {@link ReceiveEvents}
 * tells it how requests come in, it times each request, body included.
 */
final class ReceiveDeadlines extends AbstractLifeCycle implements Connection.Listener {

  private static final Logger LOG = LoggerFactory.getLogger(ReceiveDeadlines.class);
  private static final int LOOKS_PER_TIMEOUT = 10;

  private final Duration timeout;
  private final Scheduler scheduler;
  private final Map<Connection, Receipt> receipts = new ConcurrentHashMap<>();

  ReceiveDeadlines(Duration timeout, Scheduler scheduler) {
    this.timeout = timeout;
    this.scheduler = scheduler;
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
    receipts.put(connection, new Receipt());
  }

  @Override
  public void onClosed(Connection connection) {
    receipts.remove(connection);
  }

  /** Says that a request's head is in, and whether a body follows. */
  void headReceived(Connection connection, boolean bodyFollows) {
    Receipt receipt = receipts.get(connection);
    if (receipt != null) {
      receipt.headReceived(bodyFollows, System.nanoTime());
    }
  }

  /** Says that a request's body is in. */
  void bodyReceived(Connection connection) {
    Receipt receipt = receipts.get(connection);
    if (receipt != null) {
      receipt.bodyReceived();
    }
  }

  /** Says that a request is answered, and the next one may come. */
  void answered(Connection connection) {
    Receipt receipt = receipts.get(connection);
    if (receipt != null) {
      receipt.answered(connection.getBytesIn(), connection.getMessagesIn());
    }
  }

  /** How far one connection's request has come in. */
  private static final class Receipt {

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
}
