package dev.intermission.trafficlog.privacy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;

/** The text behind escapes of URLs, JSON and XML, in whatever order they were put. */
final class Unescaped {

  private static final int MOST_TIMES = 4;
  private static final int OF_JSON = 4;
  private static final int DECIMAL = 10;
  private static final int HEX = 16;
  private static final int ASCII = 128;
  private static final int TOO_LARGE = Character.MAX_CODE_POINT + 1;

  private static final Map<String, String> NAMED =
      Map.of("lt;", "<", "gt;", ">", "amp;", "&", "quot;", "\"", "apos;", "'");

  private Unescaped() {}

  /** Returns the text without escapes, also those of escapes, as far as anybody puts them. */
  static String of(String text) {
    String before = text;
    for (int i = 0; i < MOST_TIMES; i++) {
      String after = once(before);
      if (after.equals(before)) {
        return after;
      }
      before = after;
    }
    return before;
  }

  /** Returns whether nothing is left behind escapes; more of them are in no ordinary text. */
  static boolean isDone(String unescaped) {
    return once(unescaped).equals(unescaped);
  }

  private static String once(String text) {
    return xml(json(percent(text, false)));
  }

  /**
   * Returns the text without escapes of URLs; what is none stays.
   *
   * @param plus whether a plus sign is a space
   */
  static String percent(String text, boolean plus) {
    if (text.indexOf('%') < 0 && !(plus && text.indexOf('+') >= 0)) {
      return text;
    }
    byte[] from = text.getBytes(StandardCharsets.UTF_8);
    byte[] to = new byte[from.length];
    int length = 0;
    for (int i = 0; i < from.length; i++) {
      if (from[i] == '%'
          && i + 2 < from.length
          && HexFormat.isHexDigit(from[i + 1])
          && HexFormat.isHexDigit(from[i + 2])) {
        int high = HexFormat.fromHexDigit(from[i + 1]);
        to[length++] = (byte) (high << 4 | HexFormat.fromHexDigit(from[i + 2]));
        i += 2;
      } else {
        to[length++] = plus && from[i] == '+' ? (byte) ' ' : from[i];
      }
    }
    return new String(to, 0, length, StandardCharsets.UTF_8);
  }

  private static String json(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\' || i + 1 == text.length()) {
        plain.append(c);
      } else if (text.charAt(i + 1) == 'u' && isHex(text, i + 2, OF_JSON)) {
        plain.append((char) HexFormat.fromHexDigits(text, i + 2, i + 2 + OF_JSON));
        i += 1 + OF_JSON;
      } else {
        plain.append(text.charAt(i + 1));
        i++;
      }
    }
    return plain.toString();
  }

  private static boolean isHex(String text, int from, int count) {
    if (from + count > text.length()) {
      return false;
    }
    for (int i = from; i < from + count; i++) {
      if (!HexFormat.isHexDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns the text without references to characters of XML; one by its number may lack its
   * semicolon, which some readers accept.
   */
  static String xml(String text) {
    if (text.indexOf('&') < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      int behind = text.charAt(at) == '&' ? reference(text, at + 1, plain) : -1;
      if (behind < 0) {
        plain.append(text.charAt(at));
      }
      at = behind < 0 ? at + 1 : behind;
    }
    return plain.toString();
  }

  /** Adds the character that is meant there; returns what is behind it, or -1 if it is none. */
  private static int reference(String text, int from, StringBuilder plain) {
    if (text.startsWith("#", from)) {
      boolean isHex = text.startsWith("x", from + 1) || text.startsWith("X", from + 1);
      return number(text, from + (isHex ? 2 : 1), isHex ? HEX : DECIMAL, plain);
    }
    for (Map.Entry<String, String> name : NAMED.entrySet()) {
      if (text.startsWith(name.getKey(), from)) {
        plain.append(name.getValue());
        return from + name.getKey().length();
      }
    }
    return -1;
  }

  private static int number(String text, int from, int radix, StringBuilder plain) {
    int code = 0;
    int end = from;
    while (end < text.length() && isDigit(text.charAt(end), radix)) {
      code = Math.min(TOO_LARGE, code * radix + Character.digit(text.charAt(end), radix));
      end++;
    }
    if (end == from || !Character.isValidCodePoint(code)) {
      return -1;
    }
    plain.appendCodePoint(code);
    return text.startsWith(";", end) ? end + 1 : end;
  }

  private static boolean isDigit(char c, int radix) {
    return c < ASCII && Character.digit(c, radix) >= 0;
  }
}
