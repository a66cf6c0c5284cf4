package dev.intermission.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.intermission.api.FieldError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value as it is written in a JSON text, with its place in it. Nothing is converted: a number is
 * kept as its digits.
 *
 * @param token its kind, by the token that it starts with
 * @param text the string, or the number as it is written; empty for an array or object
 * @param elements the elements of an array
 * @param members the members of an object by name, in their order; of a name that is there more
 *     than once the first
 * @param repeated a fault for each further member with the same name
 * @param line the line where it starts, from 1
 * @param column the column where it starts, from 1
 */
public record JsonValue(
    JsonToken token,
    String text,
    List<JsonValue> elements,
    Map<String, JsonValue> members,
    List<FieldError> repeated,
    int line,
    int column) {

  /**
   * Reads the current value of the parser, and leaves the parser at its end. The parser limits how
   * deep values are nested.
   */
  static JsonValue read(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    JsonLocation location = parser.currentTokenLocation();
    String text = token.isScalarValue() ? parser.getText() : "";
    List<JsonValue> elements = List.of();
    Map<String, JsonValue> members = Map.of();
    List<FieldError> repeated = List.of();
    if (token == JsonToken.START_ARRAY) {
      elements = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        elements.add(read(parser));
      }
    } else if (token == JsonToken.START_OBJECT) {
      members = new LinkedHashMap<>();
      repeated = new ArrayList<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        JsonValue member = read(parser);
        if (members.putIfAbsent(name, member) != null) {
          repeated.add(new FieldError(Excerpt.of(name), "is there more than once" + member.at()));
        }
      }
    }
    return new JsonValue(
        token, text, elements, members, repeated, location.getLineNr(), location.getColumnNr());
  }

  /** Returns whether it is null. */
  boolean isNull() {
    return token == JsonToken.VALUE_NULL;
  }

  /** Returns the position, as the end of a message. */
  String at() {
    return " (line " + line + ", column " + column + ")";
  }

  /** Returns a description of the value, as the end of a sentence. */
  String found() {
    return switch (token) {
      case START_OBJECT -> "is an object";
      case START_ARRAY -> "is an array";
      case VALUE_STRING -> "is the string \"" + Excerpt.of(text) + "\"";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "is the number " + Excerpt.of(text);
      default -> "is " + text;
    };
  }
}
