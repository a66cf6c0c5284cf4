package dev.intermission.gateway.server;

import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.server.internal.HttpConnection;

/** What of a connection of HTTP/1.1 has arrived: the head of its present request, and the body. */
final class Http1Receipt implements ReceiveDeadlines.Receipt {

  private final HttpConnection connection;

  // Guarded by this: what looks at it is another thread than what receives.
  private boolean isBodyTimed;
  private long bodySince;
  private boolean isBefore = true;
  private boolean isBeforeTimed;
  private long beforeSince;
  private long messagesBefore;
  private long bytesBefore;

  Http1Receipt(HttpConnection connection) {
    this.connection = connection;
  }

  synchronized void bodyBegins(long now) {
    isBodyTimed = true;
    bodySince = now;
  }

  synchronized void bodyEnds() {
    isBodyTimed = false;
  }

  @Override
  public synchronized boolean isSlow(long now, long nanos) {
    HttpParser parser = connection.getParser();
    if (parser.isStart()) {
      return isSlowBeforeHead(now, nanos);
    }
    isBefore = false;
    if (parser.inHeaderState()) {
      long since = parser.getBeginNanoTime();
      // It is 0 for a moment between two heads.
      return since != 0 && now - since > nanos;
    }
    return isBodyTimed && now - bodySince > nanos;
  }

  /**
   * Returns whether something comes before a head that never begins: empty lines (RFC 9112 section
   * 2.2), of which the parser tells nothing.
   */
  private boolean isSlowBeforeHead(long now, long nanos) {
    long messages = connection.getMessagesIn();
    long bytes = connection.getBytesIn();
    if (!isBefore || messages != messagesBefore) {
      isBefore = true;
      isBeforeTimed = false;
      messagesBefore = messages;
      bytesBefore = bytes;
    } else if (!isBeforeTimed && bytes > bytesBefore) {
      isBeforeTimed = true;
      beforeSince = now;
    }
    return isBeforeTimed && now - beforeSince > nanos;
  }
}
