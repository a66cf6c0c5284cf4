package dev.intermission.gateway.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where in a YAML text each key is, and what is there. */
final class Places {

  private static final String NOTHING = "nothing";

  /** What YAML takes for a whole number, though people may not, such as 010 for 8. */
  private static final Pattern ODD_NUMBER = Pattern.compile("[-+]?0[0-9a-zA-Z_]+|[-+]?[0-9]+_.*");

  /** Keys whose values are secrets, or may hold one. */
  private static final Pattern SECRET =
      Pattern.compile("^database$|^feed\\.admins|^users\\..*\\.passwordHash$");

  /** A key's line, from 1, and what is found there, in words. */
  private record Place(int line, String found) {}

  private final Map<String, Place> places = new LinkedHashMap<>();
  private final boolean isWhole;

  /** Takes the text; what is behind a fault of syntax is not known. */
  Places(String yaml, YAMLFactory factory) {
    boolean whole = true;
    try (JsonParser parser = factory.createParser(yaml)) {
      read(parser);
    } catch (IOException fault) {
      // Told by whoever binds the text.
      whole = false;
    }
    isWhole = whole;
  }

  private void read(JsonParser parser) throws IOException {
    int nameLine = 0;
    for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
      int line = parser.currentTokenLocation().getLineNr();
      if (token == JsonToken.FIELD_NAME) {
        nameLine = line;
      } else if (!token.isStructEnd()) {
        JsonStreamContext context = parser.getParsingContext();
        JsonStreamContext parent = token.isStructStart() ? context.getParent() : context;
        String key = key(parent);
        String found =
            SECRET.matcher(key).find() && token.isScalarValue() && token != JsonToken.VALUE_NULL
                ? "what is not shown"
                : inWords(parser, token);
        places.putIfAbsent(key, new Place(parent.inObject() ? nameLine : line, found));
      }
    }
  }

  private static String key(JsonStreamContext parent) {
    String key = "";
    for (JsonStreamContext at = parent; at != null && !at.inRoot(); at = at.getParent()) {
      String own = at.inArray() ? "[" + at.getCurrentIndex() + "]" : at.getCurrentName();
      key = key.isEmpty() || key.startsWith("[") ? own + key : own + "." + key;
    }
    return key;
  }

  private static String inWords(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case START_ARRAY -> "a list";
      case START_OBJECT -> "a mapping";
      case VALUE_NULL -> NOTHING;
      case VALUE_STRING -> "the text '" + parser.getText() + "'";
      default -> parser.getText();
    };
  }

  /** Refuses a text that says nothing, as a whole or at a key, or a number that can be misread. */
  void requireValues() {
    if (places.isEmpty() && isWhole) {
      throw new KeyFault("", "says nothing; examples/gateway.yaml shows what it can say");
    }
    places.forEach(
        (key, place) -> {
          if (place.found.equals(NOTHING)) {
            throw new KeyFault(key, "found nothing, leave the key out");
          }
          if (ODD_NUMBER.matcher(place.found).matches()) {
            throw new KeyFault(
                key, "found %s, allowed are decimal digits alone".formatted(place.found));
          }
        });
  }

  /** Returns what is at the key, in words, or null where the key is not in the text. */
  @Nullable String found(String key) {
    Place place = places.get(key);
    return place == null ? null : place.found;
  }

  /** Returns the line of the key, or of the nearest one above it that is in the text. */
  @Nullable Integer line(String key) {
    for (String at = key; !at.isEmpty(); at = above(at)) {
      Place place = places.get(at);
      if (place != null) {
        return place.line;
      }
    }
    return null;
  }

  private static String above(String key) {
    return key.substring(0, Math.max(0, Math.max(key.lastIndexOf('.'), key.lastIndexOf('['))));
  }
}
