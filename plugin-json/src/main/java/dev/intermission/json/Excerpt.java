package dev.intermission.json;

import java.util.Locale;

/** Makes foreign text safe for the message of an answer or a log line. */
public final class Excerpt {

  private static final int MAX_LENGTH = 200;

  private Excerpt() {}

  /** Returns the beginning of the text with invisible characters escaped. */
  public static String of(String text) {
    StringBuilder excerpt = new StringBuilder();
    for (int i = 0, c; i < text.length(); i += Character.charCount(c)) {
      if (i >= MAX_LENGTH) {
        return excerpt.append('…').toString();
      }
      c = text.codePointAt(i);
      if (isVisible(c)) {
        excerpt.appendCodePoint(c);
      } else {
        excerpt.append(String.format(Locale.ROOT, "\\u%04x", c));
      }
    }
    return excerpt.toString();
  }

  private static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
