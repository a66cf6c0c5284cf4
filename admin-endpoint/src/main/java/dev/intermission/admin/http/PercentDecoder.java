package dev.intermission.admin.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Percent-decodes once, as UTF-8, strictly (RFC 3986 section 2.1). */
final class PercentDecoder {

  private PercentDecoder() {}

  /**
   * Decodes a path segment; a plus stays a plus.
   *
   * @throws IllegalArgumentException if an escape is malformed, the bytes are not UTF-8, or the
   *     text has a character that is not visible ASCII
   */
  static String decode(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c > '~') {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "has the character U+%04X, which must be percent-encoded", (int) c));
      }
      if (c != '%') {
        bytes.write(c);
        continue;
      }
      int high = i + 1 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
      int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
      if (high < 0 || low < 0) {
        throw new IllegalArgumentException(
            "has a % that is not followed by two hexadecimal digits");
      }
      bytes.write(high << 4 | low);
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("has escapes that are not UTF-8", e);
    }
  }

  /**
   * Decodes a name or value of a form, in which a plus is a space.
   *
   * @throws IllegalArgumentException under the conditions of {@link #decode}
   */
  static String decodeForm(String text) {
    return decode(text.replace("+", "%20"));
  }
}
