package dev.intermission.trafficlog.privacy;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a field such as Content-Type, behind its semicolons. What others could read in
 * another way is not read: a backslash, a quotation mark that is not closed, a parameter that is
 * there twice with two values.
 */
final class FieldParameters {

  private static final Pattern ONE =
      Pattern.compile(
          ";[ \\t]*(?:([^\\s;=\",\\\\]+)[ \\t]*"
              + "(?:=[ \\t]*(?:\"([^\"\\\\\\r\\n]*)\"|([^\\s;\",\\\\]*)))?)?[ \\t]*");

  private static final Pattern BEFORE = Pattern.compile("[^;\",\\\\]*");

  private final Map<String, String> values = new HashMap<>();
  private final boolean isReadable;

  private FieldParameters(String field) {
    Matcher before = BEFORE.matcher(field);
    int at = before.lookingAt() ? before.end() : 0;
    Matcher matcher = ONE.matcher(field);
    boolean isClear = true;
    while (isClear && at < field.length()) {
      matcher.region(at, field.length());
      isClear = matcher.lookingAt() && isOnlyOne(matcher);
      at = isClear ? matcher.end() : at;
    }
    isReadable = isClear;
  }

  static FieldParameters of(String field) {
    return new FieldParameters(field);
  }

  private boolean isOnlyOne(Matcher matcher) {
    if (matcher.group(1) == null) {
      return true;
    }
    String quoted = matcher.group(2);
    String plain = matcher.group(3);
    String value = quoted != null ? quoted : plain != null ? plain : "";
    String before = values.put(matcher.group(1).toLowerCase(Locale.ROOT), value);
    return before == null || before.equals(value);
  }

  /** Returns whether all can tell whether there is such a parameter, and its value. */
  boolean isClear(String name) {
    return isReadable && values.keySet().stream().noneMatch(other -> other.startsWith(name + "*"));
  }

  /** Returns the value of a parameter; null if there is none, or it is not clear. */
  @Nullable String value(String name) {
    return isClear(name) ? values.get(name) : null;
  }
}
