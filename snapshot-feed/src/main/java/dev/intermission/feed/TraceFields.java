package dev.intermission.feed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermission.api.ProxyId;
import dev.intermission.api.trace.TraceLine;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a record, or of what was dropped, in a {@link TraceReportJson}. Each method throws
 * an {@code IllegalArgumentException} that names the field if it is not what is allowed.
 */
record TraceFields(JsonNode node) {

  static final int HIGHEST_STATUS = 999;

  /** More than any gateway can count, and so few that sums of them have no overflow. */
  static final long MOST_DROPPED = 1_000_000_000_000L;

  private static final int LONGEST_NAME = 1_000;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");
  private static final Pattern WORD = Pattern.compile("[A-Z_]{1,32}");
  private static final long LATEST = Instant.parse("9999-12-31T23:59:59Z").toEpochMilli();

  TraceFields {
    if (!node.isObject()) {
      throw new IllegalArgumentException("an element is no object");
    }
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
    JsonNode value = node.path(name);
    return value.isMissingNode() || value.isNull() ? null : text(name);
  }

  private String text(String name, int longest) {
    JsonNode value = node.path(name);
    if (!value.isTextual() || value.textValue().length() > longest) {
      throw new IllegalArgumentException(
          name + " is no text of at most " + longest + " characters");
    }
    return value.textValue();
  }

  long number(String name, long highest) {
    JsonNode value = node.path(name);
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() < 0
        || value.longValue() > highest) {
      throw new IllegalArgumentException(name + " is no whole number from 0 to " + highest);
    }
    return value.longValue();
  }

  /** Returns the text of an object. */
  String object(String name) {
    JsonNode value = node.path(name);
    if (!value.isObject()) {
      throw new IllegalArgumentException(name + " is no object");
    }
    return value.toString();
  }

  private static String require(String name, String text, Pattern form) {
    if (!form.matcher(text).matches()) {
      throw new IllegalArgumentException(name + " is not of the form " + form);
    }
    return text;
  }
}
