package dev.intermission.jetty;

import dev.intermission.gate.Passage;
import dev.intermission.gate.ServedSnapshot;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The response to a request that is let in although its API is closed, and only for its client: no
 * cache keeps it, whatever is said behind the handler.
 */
public final class LetIn extends HttpStream.Wrapper {

  private static final HttpField FIELD =
      new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store");

  private LetIn(HttpStream stream) {
    super(stream);
  }

  /**
   * Tells what is behind the front why the request passes, by {@link Passage#ATTRIBUTE}, and what
   * has decided it, by {@link ServedSnapshot#ATTRIBUTE}. If it passes for its client only, the
   * response has {@code Cache-Control: no-store}, and no other field of that name. For code that
   * writes to a response of Jetty's core, past a servlet filter that has set the attributes.
   */
  public static void mark(Request request, Passage passage, ServedSnapshot by) {
    request.setAttribute(Passage.ATTRIBUTE, passage);
    request.setAttribute(ServedSnapshot.ATTRIBUTE, by);
    if (passage.isForOneClient()) {
      request.addHttpStreamWrapper(LetIn::new);
    }
  }

  @Override
  public void send(
      MetaData.Request request,
      MetaData.@Nullable Response response,
      boolean last,
      @Nullable ByteBuffer content,
      Callback callback) {
    super.send(request, response == null ? null : with(response), last, content, callback);
  }

  private static MetaData.Response with(MetaData.Response response) {
    return HttpStatus.isInterim(response.getStatus())
        ? response
        : new MetaData.Response(
            response.getStatus(),
            response.getReason(),
            response.getHttpVersion(),
            HttpFields.build(response.getHttpFields()).put(FIELD),
            response.getContentLength(),
            response.getTrailersSupplier());
  }
}
