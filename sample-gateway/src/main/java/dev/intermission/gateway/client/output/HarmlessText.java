package dev.intermission.gateway.client.output;

import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Texts of others as a terminal can show them: none of their characters controls the terminal, or
 * reorders what stands around it. That goes for the control characters C0, DEL and C1, and for
 * invisible ones such as those of bidirectional text.
 */
public final class HarmlessText {

  private static final int BRIEF = 80;

  private static final int REPLACEMENT = 0xFFFD;

  /** They only join letters, in Persian for instance, and the pictures of emoji. */
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;

  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private HarmlessText() {}

  /** Returns the text with no other control characters than line feeds. */
  public static String lines(String text) {
    return isVisible(text)
        ? text
        : mapped(
            text.replace("\r\n", "\n").codePoints(),
            point -> point == '\n' ? point : visible(point));
  }

  /** Returns the text in one line. */
  public static String line(String text) {
    return isVisible(text) ? text : mapped(text.codePoints(), HarmlessText::visible);
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
    IntConsumer add =
        point -> {
          if (isVisible(point)) {
            text.appendCodePoint(point);
          } else {
            for (char unit : Character.toChars(point)) {
              text.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
            }
          }
        };
    json.codePoints().forEach(add);
    return text.toString();
  }

  private static boolean isVisible(String text) {
    return text.codePoints().allMatch(HarmlessText::isVisible);
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

  private static int visible(int point) {
    if (isVisible(point)) {
      return point;
    }
    return point == '\t' || point == '\n' || point == '\r' ? ' ' : REPLACEMENT;
  }

  private static String mapped(IntStream points, IntUnaryOperator map) {
    StringBuilder text = new StringBuilder();
    points.map(map).forEach(text::appendCodePoint);
    return text.toString();
  }
}
