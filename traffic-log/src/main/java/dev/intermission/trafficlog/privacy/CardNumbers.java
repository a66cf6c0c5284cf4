package dev.intermission.trafficlog.privacy;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds numbers of payment cards: 13 to 19 digits with the right check digit (Luhn), in one piece
 * or in groups with a space, hyphen or full stop between them. A number may begin and end at any
 * group, so that one next to another number is found too.
 */
final class CardNumbers implements Finder {

  private static final int SHORTEST = 13;
  private static final int LONGEST = 19;
  private static final char NO_BREAK_SPACE = '\u00a0';

  @Override
  public List<Range> find(String text) {
    List<Range> found = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      if (!isDigit(text.charAt(at)) || (at > 0 && isDigit(text.charAt(at - 1)))) {
        at++;
        continue;
      }
      int end = endOfNumber(text, at);
      if (end < 0) {
        at++;
      } else {
        found.add(new Range(at, end));
        at = end;
      }
    }
    return found;
  }

  /** Returns the end of the longest card number that begins at a group, or -1. */
  private static int endOfNumber(String text, int start) {
    StringBuilder digits = new StringBuilder(LONGEST);
    int end = -1;
    for (int i = start; i < text.length() && digits.length() <= LONGEST; i++) {
      char c = text.charAt(i);
      if (isDigit(c)) {
        digits.append(c);
        boolean isGroupEnd = i + 1 == text.length() || !isDigit(text.charAt(i + 1));
        if (isGroupEnd && digits.length() >= SHORTEST && isCard(digits)) {
          end = i + 1;
        }
      } else if (!isSeparator(c) || i + 1 == text.length() || !isDigit(text.charAt(i + 1))) {
        break;
      }
    }
    return end;
  }

  private static boolean isCard(CharSequence digits) {
    return digits.length() <= LONGEST && digits.charAt(0) != '0' && hasCheckDigit(digits);
  }

  private static boolean hasCheckDigit(CharSequence digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int weighted = i % 2 == 0 ? digit : 2 * digit;
      sum += weighted > 9 ? weighted - 9 : weighted;
    }
    return sum % 10 == 0;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isSeparator(char c) {
    return c == ' ' || c == '-' || c == '.' || c == NO_BREAK_SPACE;
  }
}
