package dev.intermission.gateway.client.output;

import java.util.Locale;

/**
 * Texts of others as a terminal can show them: none of their characters controls the terminal, or
 * reorders what stands around it. That goes for the control characters C0, DEL and C1, and for
 * invisible ones such as those of bidirectional text.
 */
public final class HarmlessText {

  private static final int BRIEF = 80;

  private static final char REPLACEMENT = 0xFFFD;

  /** They only join letters, in Persian for instance, and the pictures of emoji. */
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;

  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private HarmlessText() {}

  /** Returns the text with no other control characters than line feeds. */
  public static String lines(String text) {
    return mapped(text.replace("\r\n", "\n"), true);
  }

  /** Returns the text in one line. */
  public static String line(String text) {
    return mapped(text, false);
  }

  /** Returns the beginning of the text in one line, and a mark where it was cut. */
  public static String brief(String text) {
    int end =
        text.codePointCount(0, text.length()) > BRIEF ? text.offsetByCodePoints(0, BRIEF) : -1;
    return end < 0 ? line(text) : line(text.substring(0, end)) + "…";
  }

  /** Returns the JSON text with escapes in place of such characters, which are in its texts. */
  static String escaped(String json) {
    if (isVisible(json)) {
      return json;
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < json.length(); i += Character.charCount(json.codePointAt(i))) {
      int point = json.codePointAt(i);
      if (isVisible(point)) {
        text.appendCodePoint(point);
      } else {
        for (char unit : Character.toChars(point)) {
          text.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
        }
      }
    }
    return text.toString();
  }

  private static boolean isVisible(String text) {
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      if (!isVisible(text.codePointAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isVisible(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      case Character.FORMAT -> point == ZERO_WIDTH_NON_JOINER || point == ZERO_WIDTH_JOINER;
      default -> true;
    };
  }

  private static String mapped(String text, boolean withLineFeeds) {
    if (isVisible(text)) {
      return text;
    }
    StringBuilder mapped = new StringBuilder();
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int point = text.codePointAt(i);
      if (isVisible(point) || (withLineFeeds && point == '\n')) {
        mapped.appendCodePoint(point);
      } else {
        mapped.append(point == '\t' || point == '\n' || point == '\r' ? ' ' : REPLACEMENT);
      }
    }
    return mapped.toString();
  }
}
