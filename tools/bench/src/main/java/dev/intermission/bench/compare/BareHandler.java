package dev.intermission.bench.compare;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The least that Jetty can do: the same bytes for every request, on the thread that read it. */
final class BareHandler extends Handler.Abstract.NonBlocking {

  private final ByteBuffer body = ByteBuffer.wrap(ReceivedAnswer.bytes()).asReadOnlyBuffer();
  private final HttpField contentType =
      new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, ReceivedAnswer.CONTENT_TYPE);
  private final HttpField noStore = new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store");
  private final HttpField contentLength =
      new PreEncodedHttpField(HttpHeader.CONTENT_LENGTH, body.remaining());

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    response.setStatus(ReceivedAnswer.CLOSED);
    response.getHeaders().add(contentType).add(noStore).add(contentLength);
    response.write(true, body.slice(), callback);
    return true;
  }
}
