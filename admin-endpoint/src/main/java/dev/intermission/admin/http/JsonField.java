package dev.intermission.admin.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A value as it is written in a JSON text.
 *
 * @param token its kind, by the token it starts with
 * @param text the string, or the number as it is written; empty for an array or object
 * @param elements the elements of an array
 * @param line the line where it starts, from 1
 * @param column the column where it starts, from 1
 */
record JsonField(JsonToken token, String text, List<JsonField> elements, int line, int column) {

  /** Reads the current value of the parser, and leaves the parser at its end. */
  static JsonField read(JsonParser parser) throws IOException {
    JsonField head = head(parser);
    if (head.token != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return head;
    }
    List<JsonField> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(head(parser));
      parser.skipChildren();
    }
    return new JsonField(head.token, "", elements, head.line, head.column);
  }

  /** Reads the current token of the parser, without the contents of an array or object. */
  static JsonField head(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    JsonLocation location = parser.currentTokenLocation();
    return new JsonField(
        token,
        token.isScalarValue() ? parser.getText() : "",
        List.of(),
        location.getLineNr(),
        location.getColumnNr());
  }

  /** Returns the position, as the end of a message. */
  String at() {
    return " (line %d, column %d)".formatted(line, column);
  }

  /** Returns a description of the value, as the end of a sentence. */
  String found() {
    return switch (token) {
      case START_OBJECT -> "is an object";
      case START_ARRAY -> "is an array";
      case VALUE_STRING -> "is the string \"%s\"".formatted(Excerpt.of(text));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "is the number " + Excerpt.of(text);
      default -> "is " + text;
    };
  }
}
