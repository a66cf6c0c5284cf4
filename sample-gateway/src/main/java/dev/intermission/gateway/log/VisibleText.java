package dev.intermission.gateway.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.CompositeConverter;
import java.util.Locale;

/**
 * Escapes invisible characters anywhere in a log line: control characters, line separators, and
 * characters that change the direction of text. They could move a terminal's cursor, or make one
 * line look like two. Used in {@code logback.xml} as {@code %visible(...%n)}: the end of the line
 * stays.
 */
public final class VisibleText extends CompositeConverter<ILoggingEvent> {

  @Override
  protected String transform(ILoggingEvent event, String line) {
    String end = System.lineSeparator();
    return line.endsWith(end)
        ? of(line.substring(0, line.length() - end.length())) + end
        : of(line);
  }

  /** Returns the text with each invisible character written as <code>\\u</code> and four digits. */
  static String of(String text) {
    if (text.chars().allMatch(c -> isVisible((char) c))) {
      return text;
    }
    StringBuilder visible = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isVisible(c)) {
        visible.append(c);
      } else {
        visible.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      }
    }
    return visible.toString();
  }

  private static boolean isVisible(char c) {
    if (c >= ' ' && c < 0x7f) {
      return true;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED,
          Character.PRIVATE_USE ->
          false;
      default -> true;
    };
  }
}
