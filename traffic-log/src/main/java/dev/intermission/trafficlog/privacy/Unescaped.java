package dev.intermission.trafficlog.privacy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The text behind escapes of URLs, JSON and XML, in whatever order they were put. */
final class Unescaped {

  private static final int MOST_TIMES = 4;
  private static final int OF_JSON = 4;
  private static final int MOST_DIGITS = 8;

  private Unescaped() {}

  /** Returns the text without escapes, also those of escapes. */
  static String of(String text) {
    String before = text;
    for (int i = 0; i < MOST_TIMES; i++) {
      if (before.indexOf('%') < 0 && before.indexOf('\\') < 0 && before.indexOf('&') < 0) {
        return before;
      }
      String after = xml(json(percent(before, false)));
      if (after.equals(before)) {
        return after;
      }
      before = after;
    }
    return before;
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

  /** Returns the text without references to characters of XML. */
  static String xml(String text) {
    if (text.indexOf('&') < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      int end = text.charAt(i) == '&' ? text.indexOf(';', i) : -1;
      String character =
          end < 0 || end - i > MOST_DIGITS + 2 ? null : character(text.substring(i + 1, end));
      if (character == null) {
        plain.append(text.charAt(i));
      } else {
        plain.append(character);
        i = end;
      }
    }
    return plain.toString();
  }

  private static @Nullable String character(String name) {
    String named =
        switch (name) {
          case "lt" -> "<";
          case "gt" -> ">";
          case "amp" -> "&";
          case "quot" -> "\"";
          case "apos" -> "'";
          default -> null;
        };
    if (named != null) {
      return named;
    }
    boolean isHex = name.startsWith("#x") || name.startsWith("#X");
    if (!isHex && !name.startsWith("#")) {
      return null;
    }
    try {
      int code = Integer.parseInt(name.substring(isHex ? 2 : 1), isHex ? 16 : 10);
      return Character.isValidCodePoint(code) ? Character.toString(code) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
