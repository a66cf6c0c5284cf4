package dev.intermission.gate;

/** Reads an escape of a URL where it stands: {@code %XX}, and {@code %uXXXX} of old browsers. */
final class UrlEscape {

  /** The length of the plain form. */
  static final int PLAIN = 3;

  /** The length of the long form. */
  static final int LONG = 6;

  /** What the methods return where there is none. */
  static final int NONE = -1;

  private static final byte[] DIGITS = new byte[0x100];

  static {
    for (int c = 0; c < DIGITS.length; c++) {
      DIGITS[c] = (byte) (c < 0x80 ? Character.digit(c, 16) : NONE);
    }
  }

  private UrlEscape() {}

  /** Returns the octet of the plain escape at this index. */
  static int octet(byte[] bytes, int at) {
    return at + PLAIN <= bytes.length && bytes[at] == '%' ? digits(bytes, at + 1) : NONE;
  }

  /** Returns the UTF-16 unit of the long escape at this index. */
  static int unit(byte[] bytes, int at) {
    if (at + LONG > bytes.length || bytes[at] != '%' || (bytes[at + 1] | ' ') != 'u') {
      return NONE;
    }
    int high = digits(bytes, at + 2);
    int low = digits(bytes, at + 4);
    return (high | low) < 0 ? NONE : high << 8 | low;
  }

  private static int digits(byte[] bytes, int from) {
    int high = DIGITS[bytes[from] & 0xFF];
    int low = DIGITS[bytes[from + 1] & 0xFF];
    return (high | low) < 0 ? NONE : high << 4 | low;
  }
}
