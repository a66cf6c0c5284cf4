package dev.intermission.jetty;

import dev.intermission.filter.Answer;
import dev.intermission.filter.UnreadBody;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Writes an answer to a response of Jetty's core; never blocks. */
final class AnswerWriter {

  private static final HttpField NO_STORE =
      new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store");
  private static final String CORRELATION_ID = "X-Correlation-Id";

  private AnswerWriter() {}

  static void write(Answer answer, Request request, Response response, Callback callback) {
    EncodedAnswer encoded = EncodedAnswer.of(answer);
    String correlationId = answer.isFixed() ? null : request.getHeaders().get(CORRELATION_ID);
    ByteBuffer body = encoded.body(correlationId);
    response.setStatus(answer.status());
    HttpFields.Mutable fields = response.getHeaders();
    fields.put(encoded.contentType());
    fields.put(NO_STORE);
    fields.put(encoded.contentLength(body));
    UnreadBody unread = unreadOf(request);
    if (unread == UnreadBody.LARGE) {
      fields.put(HttpFields.CONNECTION_CLOSE);
    }
    response.write(
        true,
        HttpMethod.HEAD.is(request.getMethod()) ? null : body,
        unread == UnreadBody.NONE ? callback : new BodyDrain(request, unread, callback));
  }

  /**
   * HTTP/2 and 3 need no care: Jetty tells the client to stop sending, and only that stream ends.
   */
  private static UnreadBody unreadOf(Request request) {
    long length = request.getLength();
    HttpFields fields = request.getHeaders();
    if (length == 0
        || (length < 0 && !fields.contains(HttpHeader.TRANSFER_ENCODING))
        || request.getConnectionMetaData().getHttpVersion().getVersion()
            >= HttpVersion.HTTP_2.getVersion()) {
      return UnreadBody.NONE;
    }
    return UnreadBody.of(length, true, fields.contains(HttpHeader.EXPECT));
  }
}
