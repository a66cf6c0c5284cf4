package dev.intermission.trafficlog.privacy;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds international bank account numbers (IBAN, ISO 13616): two letters, two check digits, and 11
 * to 30 letters and digits, whose remainder by 97 is 1; in one piece or with spaces or hyphens
 * between its groups, in capitals or not.
 */
final class AccountNumbers implements Finder {

  private static final int SHORTEST = 15;
  private static final int LONGEST = 34;
  private static final char NO_BREAK_SPACE = '\u00a0';

  @Override
  public List<Range> find(String text) {
    List<Range> found = new ArrayList<>();
    int at = 0;
    while (at + SHORTEST <= text.length()) {
      int end = begins(text, at) ? endOfNumber(text, at) : -1;
      if (end < 0) {
        at++;
      } else {
        found.add(new Range(at, end));
        at = end;
      }
    }
    return found;
  }

  private static boolean begins(String text, int at) {
    return isLetter(text.charAt(at))
        && isLetter(text.charAt(at + 1))
        && isDigit(text.charAt(at + 2))
        && isDigit(text.charAt(at + 3))
        && (at == 0 || !isAlphanumeric(text.charAt(at - 1)));
  }

  /** Returns the end of the longest number that begins there, or -1. */
  private static int endOfNumber(String text, int start) {
    StringBuilder number = new StringBuilder(LONGEST);
    int end = -1;
    for (int i = start; i < text.length() && number.length() < LONGEST; i++) {
      char c = text.charAt(i);
      if (isAlphanumeric(c)) {
        number.append(c);
        boolean isGroupEnd = i + 1 == text.length() || !isAlphanumeric(text.charAt(i + 1));
        if (isGroupEnd && number.length() >= SHORTEST && hasCheckDigits(number)) {
          end = i + 1;
        }
      } else if (!isSeparator(c) || i + 1 == text.length() || !isAlphanumeric(text.charAt(i + 1))) {
        break;
      }
    }
    return end;
  }

  private static boolean hasCheckDigits(CharSequence number) {
    int remainder = 0;
    for (int i = 0; i < number.length(); i++) {
      int value = Character.digit(number.charAt((i + 4) % number.length()), 36);
      remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
    }
    return remainder == 1;
  }

  private static boolean isAlphanumeric(char c) {
    return isLetter(c) || isDigit(c);
  }

  private static boolean isLetter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isSeparator(char c) {
    return c == ' ' || c == '-' || c == NO_BREAK_SPACE;
  }
}
