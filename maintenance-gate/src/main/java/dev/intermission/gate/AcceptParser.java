package dev.intermission.gate;

import dev.intermission.api.HttpToken;
import dev.intermission.gate.MediaRange.Parameter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads an Accept field (RFC 9110 section 12.5.1). A member of the list that is malformed is
 * skipped, since others say what the client wants; old clients of Java send {@code *; q=.2} among
 * their ranges.
 */
final class AcceptParser {

  private static final char END = '\0';
  private static final int QUALITY_DIGITS = 3;

  private final String text;
  private int at;

  private AcceptParser(String text) {
    this.text = text;
  }

  /** Returns the media ranges that are well-formed, in their order. */
  static List<MediaRange> ranges(String accept) {
    AcceptParser parser = new AcceptParser(accept);
    List<MediaRange> ranges = new ArrayList<>();
    while (parser.at < accept.length()) {
      MediaRange range = parser.range();
      if (range != null && parser.isAtEndOfMember()) {
        ranges.add(range);
      }
      parser.skipMember();
    }
    return ranges;
  }

  private @Nullable MediaRange range() {
    skipSpaces();
    String type = token();
    boolean slash = skip('/');
    String subtype = token();
    if (type.isEmpty() || !slash || subtype.isEmpty()) {
      return null;
    }
    if (type.equals("*") && !subtype.equals("*")) {
      return null;
    }
    List<Parameter> parameters = new ArrayList<>(0);
    int weight = -1;
    for (skipSpaces(); skip(';'); skipSpaces()) {
      skipSpaces();
      if (current() != ';' && !isAtEndOfMember()) {
        Parameter parameter = parameter();
        if (parameter == null) {
          return null;
        }
        if (!parameter.name().equalsIgnoreCase("q")) {
          parameters.add(parameter);
        } else if (weight < 0) {
          weight = weight(parameter.value());
          if (weight < 0) {
            return null;
          }
        } else {
          return null;
        }
      }
    }
    return new MediaRange(type, subtype, parameters, weight < 0 ? MediaRange.MAX_WEIGHT : weight);
  }

  private @Nullable Parameter parameter() {
    String name = token();
    if (name.isEmpty() || !skip('=')) {
      return null;
    }
    if (current() == '"') {
      String value = quoted();
      boolean isWeight = name.equalsIgnoreCase("q");
      return value == null || isWeight ? null : new Parameter(name, value);
    }
    String value = token();
    return value.isEmpty() ? null : new Parameter(name, value);
  }

  /**
   * Returns the value of a weight in thousandths (RFC 9110 section 12.4.2), or -1 if it is none.
   */
  private static int weight(String text) {
    int digits = text.length() - 2;
    char first = text.charAt(0);
    boolean isForm = digits < 0 ? text.length() == 1 : text.charAt(1) == '.';
    if (!isForm || digits > QUALITY_DIGITS || (first != '0' && first != '1')) {
      return -1;
    }
    int weight = first - '0';
    for (int i = 2; i < 2 + QUALITY_DIGITS; i++) {
      char digit = i < text.length() ? text.charAt(i) : '0';
      if (digit < '0' || digit > '9') {
        return -1;
      }
      weight = 10 * weight + digit - '0';
    }
    return weight <= MediaRange.MAX_WEIGHT ? weight : -1;
  }

  private String token() {
    int start = at;
    while (HttpToken.allows(current())) {
      at++;
    }
    return text.substring(start, at);
  }

  /** Returns a quoted string without its quotes, or null if it does not end. */
  private @Nullable String quoted() {
    StringBuilder unquoted = new StringBuilder();
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\') {
        at++;
      }
      if (at < text.length()) {
        unquoted.append(text.charAt(at++));
      }
    }
    return skip('"') ? unquoted.toString() : null;
  }

  /** Goes to the next member of the list; a comma in a quoted string is part of a member. */
  private void skipMember() {
    while (at < text.length() && text.charAt(at) != ',') {
      if (text.charAt(at) == '"') {
        quoted();
      } else {
        at++;
      }
    }
    at++;
  }

  private boolean isAtEndOfMember() {
    return at >= text.length() || text.charAt(at) == ',';
  }

  private boolean skip(char c) {
    boolean there = at < text.length() && text.charAt(at) == c;
    if (there) {
      at++;
    }
    return there;
  }

  private void skipSpaces() {
    while (current() == ' ' || current() == '\t') {
      at++;
    }
  }

  private char current() {
    return at < text.length() ? text.charAt(at) : END;
  }
}
