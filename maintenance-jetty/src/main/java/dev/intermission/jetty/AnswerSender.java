package dev.intermission.jetty;

import dev.intermission.api.CorrelationId;
import dev.intermission.gate.Answer;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Writes an answer to a response of Jetty's core; never blocks. */
final class AnswerSender {

  private static final HttpField NO_STORE =
      new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store");

  private AnswerSender() {}

  static void write(Answer toOthers, Request request, Response response, Callback callback) {
    HttpFields sent = request.getHeaders();
    Answer answer = toOthers.to(new JettyRequestHead(request));
    EncodedAnswer encoded = EncodedAnswer.of(answer);
    String correlationId =
        answer.correlationId(
            sent.get(CorrelationId.HEADER), sent.get(CorrelationId.PUBLISHED_HEADER));
    long retryAfter = answer.retryAfter();
    ByteBuffer body = encoded.body(correlationId, retryAfter);
    response.setStatus(answer.status());
    HttpFields.Mutable fields = response.getHeaders();
    fields.put(encoded.contentType());
    fields.put(NO_STORE);
    if (correlationId != null) {
      fields.put(CorrelationId.HEADER, correlationId);
      fields.put(CorrelationId.PUBLISHED_HEADER, correlationId);
    }
    encoded.putFurther(fields, body, request.getConnectionMetaData().getHttpVersion());
    if (retryAfter > 0) {
      fields.put(HttpHeader.RETRY_AFTER, retryAfter);
    }
    fields.put(encoded.contentLength(body));
    response.write(
        true,
        HttpMethod.HEAD.is(request.getMethod()) ? null : body,
        UnreadRequest.completion(request, fields, callback));
  }
}
