package dev.intermission.jetty;

import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/**
 * Resets a stream of HTTP/2 or HTTP/3 with NO_ERROR if it is answered but not read to its end: the
 * answer is complete, and the client need not send the rest (RFC 9113 section 8.1). Without this,
 * Jetty would cancel the stream, and some clients would discard the answer.
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
