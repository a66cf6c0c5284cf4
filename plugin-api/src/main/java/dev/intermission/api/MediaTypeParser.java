package dev.intermission.api;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A cursor over {@code type/subtype *( OWS ; OWS [ name=value ] )}. */
final class MediaTypeParser {

  private final String text;
  private int at;
  private String essence = "";
  private @Nullable String charset;
  private final Map<String, String> others = new TreeMap<>();

  MediaTypeParser(String text) {
    this.text = text;
  }

  String essence() {
    return essence;
  }

  @Nullable String charset() {
    return charset;
  }

  /** Returns the parameters but the charset, by their names in lower case. */
  Map<String, String> others() {
    return others;
  }

  void parse() {
    String type = token("a type");
    expect('/');
    essence = (type + "/" + token("a subtype")).toLowerCase(Locale.ROOT);
    while (at < text.length()) {
      int before = at;
      skipSpaces();
      if (at == text.length()) {
        at = before;
        throw malformed("no space at the end");
      }
      expect(';');
      skipSpaces();
      if (at < text.length() && text.charAt(at) != ';') {
        parameter();
      }
    }
  }

  private void parameter() {
    String name = token("a parameter name");
    expect('=');
    String parameter =
        at < text.length() && text.charAt(at) == '"' ? quoted() : token("a parameter value");
    if (name.equalsIgnoreCase("charset")) {
      if (charset != null) {
        throw malformed("one charset, not two");
      }
      charset = parameter;
    } else {
      others.putIfAbsent(name.toLowerCase(Locale.ROOT), parameter);
    }
  }

  private String token(String what) {
    int start = at;
    while (at < text.length() && HttpToken.allows(text.charAt(at))) {
      at++;
    }
    if (start == at) {
      throw malformed(what);
    }
    return text.substring(start, at);
  }

  private String quoted() {
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
    expect('"');
    return unquoted.toString();
  }

  private void expect(char c) {
    if (at >= text.length() || text.charAt(at) != c) {
      throw malformed("'" + c + "'");
    }
    at++;
  }

  private void skipSpaces() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private IllegalArgumentException malformed(String expected) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "'%s' is not a media type such as 'application/json; charset=utf-8': expected %s at index %d",
            text,
            expected,
            at));
  }
}
