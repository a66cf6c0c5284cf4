package dev.intermission.feed;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermission.api.ProxyId;
import dev.intermission.api.trace.TraceLine;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a record, or of what was dropped, in a {@link TraceReportJson}. Each method throws
 * an {@code IllegalArgumentException} that names the field if it is not what is allowed.
 *
 * @param values the texts and numbers, and what else has no parts
 * @param document the text of the document; empty if there is none
 */
record TraceFields(JsonNode values, String document) {

  static final int HIGHEST_STATUS = 999;

  /** More than any gateway can count, and so few that sums of them have no overflow. */
  static final long MOST_DROPPED = 1_000_000_000_000L;

  private static final int LONGEST_NAME = 1_000;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");
  private static final Pattern WORD = Pattern.compile("[A-Z_]{1,32}");
  private static final long LATEST = Instant.parse("9999-12-31T23:59:59Z").toEpochMilli();

  private static final String DOCUMENT = "document";
  private static final Set<String> KNOWN =
      Set.of(
          "id", "project", "proxy", "time", "method", "path", "status", "result", "target",
          "millis", "count");

  /**
   * Reads an element, at whose beginning the parser is. A document is copied and not made a tree,
   * since a tree takes many times as much memory.
   */
  static TraceFields read(JsonParser in, JsonMapper mapper) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw new IllegalArgumentException("an element is no object");
    }
    ObjectNode values = mapper.createObjectNode();
    String document = "";
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      JsonToken value = in.nextToken();
      if (value.isScalarValue() && KNOWN.contains(name)) {
        values.set(name, mapper.<JsonNode>readTree(in));
      } else if (name.equals(DOCUMENT) && value == JsonToken.START_OBJECT) {
        document = copy(in, mapper);
      } else {
        in.skipChildren();
        // It is no value, so it is none that is allowed.
        if (KNOWN.contains(name)) {
          values.putObject(name);
        }
      }
    }
    return new TraceFields(values, document);
  }

  private static String copy(JsonParser in, JsonMapper mapper) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = mapper.createGenerator(text)) {
      out.copyCurrentStructureExact(in);
    }
    return text.toString();
  }

  String id(String name) {
    return require(name, text(name), ID);
  }

  /** Returns a word in capital letters. */
  String word(String name) {
    return require(name, text(name), WORD);
  }

  ProxyId proxy() {
    return new ProxyId(text("project", LONGEST_NAME), text("proxy", LONGEST_NAME));
  }

  Instant time(String name) {
    return Instant.ofEpochMilli(number(name, LATEST));
  }

  String text(String name) {
    return text(name, TraceLine.LONGEST_TEXT);
  }

  @Nullable String textOrNull(String name) {
    JsonNode value = values.path(name);
    return value.isMissingNode() || value.isNull() ? null : text(name);
  }

  private String text(String name, int longest) {
    JsonNode value = values.path(name);
    if (!value.isTextual() || value.textValue().length() > longest) {
      throw new IllegalArgumentException(
          name + " is no text of at most " + longest + " characters");
    }
    return value.textValue();
  }

  long number(String name, long highest) {
    JsonNode value = values.path(name);
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() < 0
        || value.longValue() > highest) {
      throw new IllegalArgumentException(name + " is no whole number from 0 to " + highest);
    }
    return value.longValue();
  }

  @Override
  public String document() {
    if (document.isEmpty()) {
      throw new IllegalArgumentException(DOCUMENT + " is no object");
    }
    return document;
  }

  private static String require(String name, String text, Pattern form) {
    if (!form.matcher(text).matches()) {
      throw new IllegalArgumentException(name + " is not of the form " + form);
    }
    return text;
  }
}
