package dev.intermission.gateway.client;

/** Text of others as one line that can't take over the terminal. */
final class VisibleLine {

  private static final int LONGEST = 80;

  private VisibleLine() {}

  static String of(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .forEach(
            point ->
                line.appendCodePoint(
                    Character.isISOControl(point) || Character.getType(point) == Character.FORMAT
                        ? ' '
                        : point));
    return text.codePointCount(0, text.length()) > LONGEST ? line + "…" : line.toString();
  }
}
