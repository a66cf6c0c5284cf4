package dev.intermission.gateway.capture;

import dev.intermission.trafficlog.capture.BodyCapture;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** What goes to the client, as it goes. */
final class CapturedStream extends HttpStream.Wrapper {

  private final WantedCapture capture;
  private final Runnable whenAllHasGone;

  CapturedStream(HttpStream stream, WantedCapture capture, Runnable whenAllHasGone) {
    super(stream);
    this.capture = capture;
    this.whenAllHasGone = whenAllHasGone;
  }

  @Override
  public void send(
      MetaData.Request request,
      MetaData.@Nullable Response response,
      boolean last,
      @Nullable ByteBuffer content,
      Callback callback) {
    if (response != null) {
      capture.answers(response);
    }
    BodyCapture body = capture.toClient();
    int length = 0;
    int kept = 0;
    if (content != null && !HttpMethod.HEAD.is(request.getMethod())) {
      length = content.remaining();
      // What is sent is gone from the buffer.
      kept = body == null ? 0 : body.keep(content);
    }
    int status = response == null ? 0 : response.getStatus();
    super.send(request, response, last, content, counted(status, length, kept, last, callback));
  }

  /** A client that has gone gets neither the status nor the bytes. */
  private Callback counted(int status, int length, int kept, boolean last, Callback callback) {
    return new Callback.Nested(callback) {
      @Override
      public void succeeded() {
        BodyCapture body = capture.toClient();
        if (body != null) {
          body.count(kept, length);
          if (last) {
            body.end();
          }
        }
        capture.gone(status, length);
        super.succeeded();
        if (last) {
          whenAllHasGone.run();
        }
      }
    };
  }
}
