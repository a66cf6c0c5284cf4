package dev.intermission.jetty;

import dev.intermission.api.CorrelationId;
import dev.intermission.gate.Answer;
import java.nio.ByteBuffer;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;

/** Writes an answer to a response of Jetty's core; never blocks. */
final class AnswerSender {

  private static final HttpField NO_STORE =
      new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store");

  private AnswerSender() {}

  static void write(Answer toOthers, JettyRequestHead head, Response response, Callback callback) {
    Request request = head.request();
    HttpFields sent = request.getHeaders();
    Answer answer = toOthers.to(head);
    EncodedAnswer encoded = EncodedAnswer.of(answer);
    String correlationId =
        answer.correlationId(
            sent.get(CorrelationId.HEADER), sent.get(CorrelationId.PUBLISHED_HEADER));
    long retryAfter = answer.retryAfter();
    ByteBuffer body = encoded.body(correlationId, retryAfter);
    response.setStatus(answer.status());
    HttpFields.Mutable fields = response.getHeaders();
    if (answer.hasContent()) {
      fields.put(encoded.contentType());
      fields.put(encoded.contentLength(body));
    }
    fields.put(NO_STORE);
    if (correlationId != null) {
      fields.put(CorrelationId.HEADER, correlationId);
      fields.put(CorrelationId.PUBLISHED_HEADER, correlationId);
    }
    encoded.putFurther(fields, body, request.getConnectionMetaData().getHttpVersion());
    putOfRequest(answer.fieldsTo(head), fields);
    if (retryAfter > 0) {
      fields.put(HttpHeader.RETRY_AFTER, retryAfter);
    }
    Callback completion = UnreadRequest.completion(request, fields, callback);
    if (answer.hasContent()) {
      response.write(true, HttpMethod.HEAD.is(request.getMethod()) ? null : body, completion);
    } else {
      writeHead(response, completion);
    }
  }

  /** The head goes first: Jetty gives a head that ends its stream of HTTP/2 a Content-Length. */
  private static void writeHead(Response response, Callback completion) {
    response.write(
        false,
        BufferUtil.EMPTY_BUFFER,
        Callback.from(
            InvocationType.NON_BLOCKING,
            () -> response.write(true, BufferUtil.EMPTY_BUFFER, completion),
            completion::failed));
  }

  private static void putOfRequest(List<Answer.Field> ofRequest, HttpFields.Mutable response) {
    for (int i = 0; i < ofRequest.size(); i++) {
      response.put(ofRequest.get(i).name(), ofRequest.get(i).value());
    }
  }
}
