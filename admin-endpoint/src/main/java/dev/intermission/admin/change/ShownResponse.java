package dev.intermission.admin.change;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.intermission.api.ContentType;
import dev.intermission.gate.Answer;
import dev.intermission.gate.AnswerPreview;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A maintenance response as a dry run shows it.
 *
 * @param body its body as text, or null if it is none in the charset of its type
 * @param bodyBase64 its body, or null if it is text
 */
record ShownResponse(
    int status,
    List<Answer.Field> fields,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String body,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String bodyBase64) {

  /** Returns whether a page of the origin that the request names may read it. */
  boolean isReadableByPages() {
    return fields.stream()
        .anyMatch(field -> field.name().equalsIgnoreCase("Access-Control-Allow-Origin"));
  }

  static ShownResponse of(AnswerPreview preview) {
    byte[] body = preview.body();
    String text = text(preview);
    return new ShownResponse(
        preview.status(),
        preview.fields(),
        text,
        text == null ? Base64.getEncoder().encodeToString(body) : null);
  }

  /** Returns the body as text if that leads back to the same bytes. */
  private static @Nullable String text(AnswerPreview preview) {
    byte[] body = preview.body();
    if (body.length == 0) {
      return "";
    }
    ContentType type = ContentType.parse(preview.contentType());
    try {
      String text = type.charset().newDecoder().decode(ByteBuffer.wrap(body)).toString();
      return Arrays.equals(type.encode(text), body) ? text : null;
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
