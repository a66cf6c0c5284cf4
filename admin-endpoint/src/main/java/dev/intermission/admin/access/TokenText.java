package dev.intermission.admin.access;

/** Which texts can travel in a header as a token. */
final class TokenText {

  private static final int MAX_LENGTH = 4096;

  private TokenText() {}

  static boolean isAllowed(String text) {
    return !text.isEmpty() && text.length() <= MAX_LENGTH && firstOther(text) < 0;
  }

  /**
   * @throws IllegalArgumentException that says what is wrong, without the text
   */
  static void require(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("The token is empty");
    }
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "The token has %d characters, allowed are %d".formatted(text.length(), MAX_LENGTH));
    }
    int other = firstOther(text);
    if (other >= 0) {
      throw new IllegalArgumentException(
          "The token has the character U+%04X at index %d; allowed are visible ASCII characters, no spaces"
              .formatted((int) text.charAt(other), other));
    }
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
