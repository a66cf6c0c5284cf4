package dev.intermission.filter;

import dev.intermission.api.CorrelationId;
import dev.intermission.gate.Answer;
import dev.intermission.gate.UnreadBody;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes an answer to a servlet response. Never uses {@code sendError}, which would send the error
 * page of the container.
 */
final class AnswerWriter {

  private static final String HTTP_2 = "HTTP/2.0";

  private final Container container;

  AnswerWriter(Container container) {
    this.container = container;
  }

  void write(Answer toOthers, ServletRequestHead head, HttpServletResponse response)
      throws IOException {
    HttpServletRequest request = head.request();
    Answer answer = toOthers.to(head);
    String correlationId =
        answer.correlationId(
            request.getHeader(CorrelationId.HEADER),
            request.getHeader(CorrelationId.PUBLISHED_HEADER));
    long retryAfter = answer.retryAfter();
    byte[] body = answer.body(correlationId, retryAfter);
    response.setStatus(answer.status());
    if (answer.hasContent()) {
      container.setContentType(response, answer);
      response.setContentLength(body.length);
    }
    response.setHeader("Cache-Control", "no-store");
    if (correlationId != null) {
      response.setHeader(CorrelationId.HEADER, correlationId);
      response.setHeader(CorrelationId.PUBLISHED_HEADER, correlationId);
    }
    putFurther(answer, body.length, request, response);
    for (Answer.Field field : answer.fieldsTo(head)) {
      response.setHeader(field.name(), field.value());
    }
    if (retryAfter > 0) {
      response.setHeader(Answer.RETRY_AFTER, Long.toString(retryAfter));
    }
    UnreadBody unread = unreadOf(request);
    if (unread == UnreadBody.LARGE) {
      // Added, since the answer may have a Connection field of its own.
      response.addHeader("Connection", "close");
    }
    if (!answer.hasContent()) {
      // Jetty would give a head that ends its stream of HTTP/2 a Content-Length.
      response.flushBuffer();
    } else if (!request.getMethod().equals("HEAD")) {
      response.getOutputStream().write(body);
    }
    if (unread != UnreadBody.NONE) {
      if (request.getProtocol().equals(HTTP_2)) {
        // There nothing but its end tells that an answer is complete.
        response.getOutputStream().close();
      } else {
        response.flushBuffer();
      }
      BodyDrain.start(request);
    }
  }

  private void putFurther(
      Answer answer, int length, HttpServletRequest request, HttpServletResponse response) {
    for (Answer.Field field : answer.fields()) {
      if (field.name().equals(Answer.VARY)) {
        // A filter before this one may have set it too.
        response.addHeader(field.name(), field.value());
      } else {
        response.setHeader(field.name(), field.value());
      }
    }
    Answer.Field range = answer.contentRange(length);
    if (range != null) {
      response.setHeader(range.name(), range.value());
    }
    if (!answer.trailers().isEmpty()
        && request.getProtocol().equals(HTTP_2)
        && !container.endsWithTheHead(response)) {
      Map<String, String> trailers = new HashMap<>();
      answer.trailers().forEach(field -> trailers.put(field.name(), field.value()));
      response.setTrailerFields(() -> trailers);
    }
    if (!answer.fieldsInHttp11().isEmpty() && request.getProtocol().equals("HTTP/1.1")) {
      for (Answer.Field field : answer.fieldsInHttp11()) {
        response.setHeader(field.name(), field.value());
      }
    }
  }

  private static UnreadBody unreadOf(HttpServletRequest request) {
    // The bytes after a CONNECT are not content (RFC 9110 section 9.3.6), and some containers never
    // deliver them.
    if (request.getMethod().equals("CONNECT")) {
      return UnreadBody.NONE;
    }
    long length = request.getContentLengthLong();
    boolean chunked = length < 0 && request.getHeader("Transfer-Encoding") != null;
    boolean expects = (length > 0 || chunked) && request.getHeader("Expect") != null;
    return UnreadBody.of(length, chunked, expects);
  }
}
