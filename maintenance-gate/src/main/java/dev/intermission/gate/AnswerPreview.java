package dev.intermission.gate;

import dev.intermission.api.CorrelationId;
import java.util.ArrayList;
import java.util.List;

/**
 * The response to one request over HTTP/1.1 as a front sends it, for those who want to see it
 * before. {@code Date} and what else a server adds is left out, and a {@code Connection: close},
 * which depends on how much of a body is still to come. Immutable.
 */
public final class AnswerPreview {

  private static final String CONTENT_LENGTH = "Content-Length";
  private static final String CONTENT_TYPE = "Content-Type";

  private final int status;
  private final String contentType;
  private final List<Answer.Field> fields;
  private final byte[] body;

  private AnswerPreview(Answer answer, List<Answer.Field> fields, byte[] body) {
    status = answer.status();
    contentType = answer.contentType();
    this.fields = List.copyOf(fields);
    this.body = body;
  }

  /**
   * Returns the response to a request.
   *
   * @param toOthers the answer of the {@link Decision} on the request
   */
  public static AnswerPreview of(Answer toOthers, RequestHead request) {
    Answer answer = toOthers.to(request);
    String correlationId =
        answer.correlationId(
            request.field(CorrelationId.HEADER), request.field(CorrelationId.PUBLISHED_HEADER));
    long retryAfter = answer.retryAfter();
    byte[] body = answer.body(correlationId, retryAfter);
    List<Answer.Field> fields = new ArrayList<>();
    if (answer.hasContent()) {
      fields.add(new Answer.Field(CONTENT_TYPE, answer.contentType()));
    }
    fields.add(new Answer.Field("Cache-Control", "no-store"));
    if (correlationId != null) {
      fields.add(new Answer.Field(CorrelationId.HEADER, correlationId));
      fields.add(new Answer.Field(CorrelationId.PUBLISHED_HEADER, correlationId));
    }
    fields.addAll(answer.fields());
    Answer.Field range = answer.contentRange(body.length);
    if (range != null) {
      fields.add(range);
    }
    fields.addAll(answer.fieldsInHttp11());
    fields.addAll(answer.fieldsTo(request));
    if (retryAfter > 0) {
      fields.add(new Answer.Field(Answer.RETRY_AFTER, Long.toString(retryAfter)));
    }
    if (answer.hasContent()) {
      fields.add(new Answer.Field(CONTENT_LENGTH, Integer.toString(body.length)));
    }
    boolean hasBody = answer.hasContent() && !request.method().equals("HEAD");
    return new AnswerPreview(answer, fields, hasBody ? body.clone() : new byte[0]);
  }

  /** Returns the status. */
  public int status() {
    return status;
  }

  /** Returns the value of Content-Type; empty if there is none. */
  public String contentType() {
    return contentType;
  }

  /** Returns the header fields, in the order in which Jetty sends them over HTTP/1.1. */
  public List<Answer.Field> fields() {
    return fields;
  }

  /** Returns the body that is sent; empty for a response to HEAD. */
  public byte[] body() {
    return body.clone();
  }
}
