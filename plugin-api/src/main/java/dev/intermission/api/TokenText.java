package dev.intermission.api;

import java.util.Locale;

/**
 * Checks texts that may be tokens: 1 to 4096 visible ASCII characters without spaces, which pass
 * unchanged through a header field ({@code Authorization: Bearer}, RFC 6750 section 2.1).
 */
public final class TokenText {

  private static final int MAX_LENGTH = 4096;

  private TokenText() {}

  /** Returns whether the text can be a token. */
  public static boolean isAllowed(String text) {
    return !text.isEmpty() && text.length() <= MAX_LENGTH && firstOther(text) < 0;
  }

  /**
   * Returns the text if it can be a token.
   *
   * @throws IllegalArgumentException that says what is wrong, without the text
   */
  public static String require(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("The token is empty");
    }
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "The token has " + text.length() + " characters, allowed are " + MAX_LENGTH);
    }
    int other = firstOther(text);
    if (other >= 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The token has the character U+%04X at index %d; allowed are visible ASCII characters, no spaces",
              (int) text.charAt(other),
              other));
    }
    return text;
  }

  private static int firstOther(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
        return i;
      }
    }
    return -1;
  }
}
