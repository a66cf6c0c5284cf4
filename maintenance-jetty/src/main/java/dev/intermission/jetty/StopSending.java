package dev.intermission.jetty;

import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/**
 * Ends a stream of HTTP/2 or 3 that is answered but not read to its end with NO_ERROR: the answer
 * is complete, and the rest need not be sent (RFC 9113 section 8.1). Jetty alone would cancel the
 * stream, which lets some clients discard the answer.
 */
final class StopSending extends HttpStream.Wrapper {

  private StopSending(HttpStream stream) {
    super(stream);
  }

  /** Completes a request whose answer is written. */
  static void complete(Request request, Callback callback) {
    request.addHttpStreamWrapper(StopSending::new);
    callback.succeeded();
  }

  @Override
  public void succeeded() {
    super.failed(CONTENT_NOT_CONSUMED);
  }

  @Override
  public void failed(Throwable notConsumed) {
    super.failed(CONTENT_NOT_CONSUMED);
  }
}
