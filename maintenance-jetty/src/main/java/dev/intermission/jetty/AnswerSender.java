package dev.intermission.jetty;

import dev.intermission.gate.Answer;
import dev.intermission.gate.UnreadBody;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Writes an answer to a response of Jetty's core; never blocks. */
final class AnswerSender {

  private static final HttpField NO_STORE =
      new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store");
  private static final String CORRELATION_ID = "X-Correlation-Id";

  private AnswerSender() {}

  static void write(Answer answer, Request request, Response response, Callback callback) {
    EncodedAnswer encoded = EncodedAnswer.of(answer);
    String correlationId = answer.isFixed() ? null : request.getHeaders().get(CORRELATION_ID);
    ByteBuffer body = encoded.body(correlationId);
    response.setStatus(answer.status());
    HttpFields.Mutable fields = response.getHeaders();
    fields.put(encoded.contentType());
    fields.put(NO_STORE);
    encoded.putFurther(fields);
    fields.put(encoded.contentLength(body));
    boolean multiplexed = isMultiplexed(request);
    UnreadBody unread = unreadOf(request, multiplexed);
    if (unread == UnreadBody.LARGE && !multiplexed) {
      fields.put(HttpFields.CONNECTION_CLOSE);
    }
    response.write(
        true,
        HttpMethod.HEAD.is(request.getMethod()) ? null : body,
        unread == UnreadBody.NONE
            ? callback
            : new RequestDrain(request, unread, multiplexed, callback));
  }

  private static boolean isMultiplexed(Request request) {
    HttpVersion version = request.getConnectionMetaData().getHttpVersion();
    return version.getVersion() >= HttpVersion.HTTP_2.getVersion();
  }

  private static UnreadBody unreadOf(Request request, boolean multiplexed) {
    long length = request.getLength();
    // What follows a CONNECT is no content (RFC 9110 section 9.3.6), and Jetty never delivers it.
    if (length == 0 || HttpMethod.CONNECT.is(request.getMethod())) {
      return UnreadBody.NONE;
    }
    if (multiplexed && length < 0) {
      return isAtItsEnd(request) ? UnreadBody.NONE : UnreadBody.SMALL;
    }
    HttpFields fields = request.getHeaders();
    boolean chunked = length < 0 && fields.contains(HttpHeader.TRANSFER_ENCODING);
    boolean expects = (length > 0 || chunked) && fields.contains(HttpHeader.EXPECT);
    UnreadBody unread = UnreadBody.of(length, chunked, expects);
    return multiplexed && unread == UnreadBody.NONE ? UnreadBody.LARGE : unread;
  }

  private static boolean isAtItsEnd(Request request) {
    Content.Chunk chunk = request.read();
    if (chunk == null) {
      return false;
    }
    chunk.release();
    return chunk.isLast();
  }
}
