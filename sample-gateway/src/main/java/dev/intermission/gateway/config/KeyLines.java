package dev.intermission.gateway.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** On which line of a YAML text each key is. */
final class KeyLines {

  private final Map<String, Integer> lines = new HashMap<>();

  KeyLines(String yaml) {
    try (JsonParser parser = new YAMLFactory().createParser(yaml)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (!token.isStructEnd()) {
          lines.putIfAbsent(
              key(parser.getParsingContext(), token), parser.currentTokenLocation().getLineNr());
        }
      }
    } catch (IOException brokenOff) {
      // Lines up to a fault of syntax are known; that fault is told by whoever reads the text.
    }
  }

  private static String key(JsonStreamContext context, JsonToken token) {
    JsonStreamContext at = token.isStructStart() ? context.getParent() : context;
    StringBuilder key = new StringBuilder();
    for (; at != null && !at.inRoot(); at = at.getParent()) {
      if (at.inArray()) {
        key.insert(0, "[" + at.getCurrentIndex() + "]");
      } else if (at.getCurrentName() != null) {
        boolean dotted = !key.isEmpty() && key.charAt(0) != '[';
        key.insert(0, at.getCurrentName() + (dotted ? "." : ""));
      }
    }
    return key.toString();
  }

  /** Returns the line of the key, or of the nearest one above it that is in the text, from 1. */
  @Nullable Integer of(String key) {
    for (String at = key; !at.isEmpty(); at = above(at)) {
      Integer line = lines.get(at);
      if (line != null) {
        return line;
      }
    }
    return null;
  }

  private static String above(String key) {
    return key.substring(0, Math.max(0, Math.max(key.lastIndexOf('.'), key.lastIndexOf('['))));
  }
}
