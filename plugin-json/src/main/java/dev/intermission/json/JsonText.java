package dev.intermission.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/** Reads texts that are one JSON object and nothing else. */
public final class JsonText {

  private static final int MAX_DEPTH = 64;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  private JsonText() {}

  /**
   * Returns the object that the text is.
   *
   * @throws NotOneObjectException if it is something else; the message says what, and where
   */
  public static JsonValue object(String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      try {
        return read(parser);
      } catch (JsonProcessingException e) {
        throw malformed(e, parser);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("A text in memory can be read", e);
    }
  }

  private static JsonValue read(JsonParser parser) throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw new NotOneObjectException(
          "The body is empty; allowed is a JSON object, at least {}", null);
    }
    if (first != JsonToken.START_OBJECT) {
      throw new NotOneObjectException(
          "The body " + found(parser) + "; allowed is a JSON object", null);
    }
    JsonValue object = JsonValue.read(parser);
    if (parser.nextToken() != null) {
      JsonLocation location = parser.currentTokenLocation();
      throw new NotOneObjectException(
          "The body goes on after its JSON object (line "
              + location.getLineNr()
              + ", column "
              + location.getColumnNr()
              + ")",
          null);
    }
    return object;
  }

  /** What is in an array does not matter, and may be faulty itself. */
  private static String found(JsonParser parser) throws IOException {
    return parser.currentToken() == JsonToken.START_ARRAY
        ? "is an array"
        : JsonValue.read(parser).found();
  }

  private static NotOneObjectException malformed(JsonProcessingException e, JsonParser parser) {
    JsonLocation location = e.getLocation() == null ? parser.currentLocation() : e.getLocation();
    // Some messages of Jackson continue with details for programmers, which are cut off.
    String reason =
        String.valueOf(e.getOriginalMessage())
            .replaceAll("(?s) \\(start marker.*|\n.*|, from `[^`]*`", "");
    return new NotOneObjectException(
        String.format(
            Locale.ROOT,
            "The body is not JSON as it is allowed here, at line %d, column %d: %s",
            location.getLineNr(),
            location.getColumnNr(),
            Excerpt.of(reason)),
        e);
  }
}
