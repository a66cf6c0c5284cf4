package dev.intermission.jetty;

import dev.intermission.api.BypassToken;
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
 * A response that no cache keeps, whatever is said behind the handler: that to a request which a
 * bypass token has let pass.
 */
public final class NoStore extends HttpStream.Wrapper {

  private static final HttpField FIELD =
      new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store");

  private NoStore(HttpStream stream) {
    super(stream);
  }

  /**
   * Lets the response to the request have {@code Cache-Control: no-store}, and no other field of
   * that name. For code that writes to a response of Jetty's core, past a servlet filter that has
   * set {@link BypassToken#PASSED}.
   */
  public static void on(Request request) {
    request.setAttribute(BypassToken.PASSED, true);
    request.addHttpStreamWrapper(NoStore::new);
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
