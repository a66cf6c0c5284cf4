package dev.intermission.api;

/** The words of which HTTP makes methods, field names and media types (RFC 9110 section 5.6.2). */
public final class HttpToken {

  private static final String MARKS = "!#$%&'*+-.^_`|~";

  private HttpToken() {}

  /** Returns whether a token may have this character. */
  public static boolean allows(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || MARKS.indexOf(c) >= 0;
  }

  /** Returns whether the whole text is a token, which has at least one character. */
  public static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!allows(text.charAt(i))) {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
