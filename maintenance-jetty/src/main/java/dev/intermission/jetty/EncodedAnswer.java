package dev.intermission.jetty;

import dev.intermission.gate.Answer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/**
 * An answer in the form in which Jetty sends it. Immutable; if the body is the same for each
 * request, all requests share its bytes and its fields.
 */
final class EncodedAnswer {

  private static final Function<Answer, EncodedAnswer> ENCODE = EncodedAnswer::new;

  private final Answer answer;
  private final HttpField contentType;
  private final List<HttpField> fields;
  private final List<HttpField> fieldsInHttp11;
  private final HttpField fixedLength;
  private final ByteBuffer fixedBody;

  private EncodedAnswer(Answer answer) {
    this.answer = answer;
    contentType = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, answer.contentType());
    fields = encoded(answer.fields());
    fieldsInHttp11 = encoded(answer.fieldsInHttp11());
    fixedBody =
        answer.isFixed()
            ? ByteBuffer.wrap(answer.body(null, 0)).asReadOnlyBuffer()
            : BufferUtil.EMPTY_BUFFER;
    fixedLength = new PreEncodedHttpField(HttpHeader.CONTENT_LENGTH, fixedBody.remaining());
  }

  private static List<HttpField> encoded(List<Answer.Field> fields) {
    return fields.stream().map(EncodedAnswer::encoded).toList();
  }

  private static HttpField encoded(Answer.Field field) {
    HttpHeader known = HttpHeader.CACHE.get(field.name());
    return new PreEncodedHttpField(known, field.name(), field.value());
  }

  static EncodedAnswer of(Answer answer) {
    return answer.as(ENCODE);
  }

  HttpField contentType() {
    return contentType;
  }

  /** Adds the additional fields of the answer with this body in this version. */
  void putFurther(HttpFields.Mutable response, ByteBuffer body, HttpVersion version) {
    put(fields, response);
    if (version == HttpVersion.HTTP_1_1) {
      put(fieldsInHttp11, response);
    }
    Answer.Field range = answer.contentRange(body.remaining());
    if (range != null) {
      response.put(range.name(), range.value());
    }
  }

  private static void put(List<HttpField> fields, HttpFields.Mutable response) {
    // A loop by index: an iterator would be allocated for each request, and most answers have no
    // such fields.
    for (int i = 0; i < fields.size(); i++) {
      HttpField field = fields.get(i);
      if (field.getHeader() == HttpHeader.VARY) {
        // A handler before this one may have set it too.
        response.add(field);
      } else {
        response.put(field);
      }
    }
  }

  /** Returns a new buffer over the body's bytes; the bytes may be shared. */
  ByteBuffer body(@Nullable String correlationId, long retryAfter) {
    return answer.isFixed()
        ? fixedBody.slice()
        : ByteBuffer.wrap(answer.body(correlationId, retryAfter));
  }

  HttpField contentLength(ByteBuffer body) {
    return answer.isFixed()
        ? fixedLength
        : new HttpField.LongValueHttpField(HttpHeader.CONTENT_LENGTH, body.remaining());
  }
}
