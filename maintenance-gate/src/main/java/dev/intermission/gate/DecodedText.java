package dev.intermission.gate;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A text whose escapes are decoded as far as any backend may decode them: repeatedly, {@code
 * %uXXXX}, overlong UTF-8. An escape is replaced as soon as its last byte is added, so escapes that
 * are made of escapes need no second pass.
 */
final class DecodedText {

  /** A flag of the byte that {@link #add} returns: it is the result of an escape. */
  static final int DECODED = 0x100;

  private static final int ESCAPE = 3;
  private static final int LONG_ESCAPE = 6;
  private static final int FULL_WIDTH = 0xFEE0;
  private static final int NO_ESCAPE = -LONG_ESCAPE - 1;
  private static final int LONGEST_OVERLONG = 6;

  private static final byte[] DIGITS = new byte[0x100];

  static {
    for (int c = 0; c < DIGITS.length; c++) {
      DIGITS[c] = (byte) (c < 0x80 ? Character.digit(c, 16) : -1);
    }
  }

  private final byte[] bytes;
  private int length;

  /** Where the escape begins that the next byte may belong to. */
  private int percent = NO_ESCAPE;

  /** From here on, the bytes are those of the path. */
  private int literal;

  private final boolean decodesOverlong;
  private boolean hadOverlong;
  private boolean certain = true;
  private boolean ascii = true;

  /**
   * Creates an empty text.
   *
   * @param most how many bytes may be added
   */
  DecodedText(int most, boolean decodesOverlong) {
    bytes = new byte[most];
    this.decodesOverlong = decodesOverlong;
  }

  void clear() {
    length = 0;
    percent = NO_ESCAPE;
    literal = 0;
    certain = true;
    ascii = true;
  }

  int length() {
    return length;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Returns whether every backend decodes the escapes in the same way. */
  boolean isCertain() {
    return certain;
  }

  /** Returns whether overlong UTF-8 was decoded, also before the text was cleared. */
  boolean hadOverlong() {
    return hadOverlong;
  }

  boolean isAscii() {
    return ascii;
  }

  /** Returns whether the next byte may belong to an escape. */
  boolean isInEscape() {
    return length - percent < LONG_ESCAPE;
  }

  void removeLast() {
    length--;
  }

  /**
   * Adds the bytes of a path that are of one kind, and belong to no escape.
   *
   * @param kinds the kind of each byte
   * @param most the last one of the kinds to add
   * @return where the path goes on
   */
  int addWhile(byte[] path, int from, byte[] kinds, int most) {
    byte[] bytes = this.bytes;
    int length = this.length;
    int at = from;
    while (at < path.length && kinds[path[at] & 0xFF] <= most) {
      bytes[length++] = path[at++];
    }
    this.length = length;
    return at;
  }

  /** Returns the octet of the plain escape at this index of a path, or -1 if there is none. */
  static int octet(byte[] path, int at) {
    return at + 2 < path.length && path[at] == '%' ? digits(path, at + 1) : -1;
  }

  /**
   * Adds the octet of an escape that is in no other one.
   *
   * @return the last byte of the text, with the flag {@link #DECODED}
   */
  int addOctet(int octet) {
    boolean overlong = octet >= 0x80 && mayEndOverlong((byte) octet);
    bytes[length++] = (byte) octet;
    literal = length;
    if (overlong) {
      return decodeLast((byte) octet, true);
    }
    if (octet == '%') {
      percent = length - 1;
    }
    ascii &= octet < 0x80;
    return octet | DECODED;
  }

  /**
   * Adds a byte of the path.
   *
   * @return the last byte of the text, with the flag {@link #DECODED} if an escape ended
   */
  int add(byte b) {
    boolean decodes = isInEscape() || (b < 0 && mayEndOverlong(b));
    bytes[length++] = b;
    if (decodes) {
      return decodeLast(b, false);
    }
    if (b == '%') {
      percent = length - 1;
    }
    ascii &= b >= 0;
    return b & 0xFF;
  }

  private int decodeLast(byte last, boolean wasDecoded) {
    byte b = last;
    boolean decoded = wasDecoded;
    while (true) {
      if (length - percent == ESCAPE && digits(bytes, length - 2) >= 0) {
        b = (byte) digits(bytes, length - 2);
        certain &= length - literal >= ESCAPE;
        replace(ESCAPE, b);
      } else if (length - percent == LONG_ESCAPE && isLongEscape()) {
        b = replaceLong();
      } else if (b < 0 && decodesOverlong && overlong() >= 0) {
        b = (byte) overlong();
        certain = false;
        hadOverlong = true;
        replace(sequenceLength(), b);
      } else {
        break;
      }
      decoded = true;
    }
    if (b == '%') {
      percent = length - 1;
    }
    ascii &= b >= 0;
    return decoded ? (b & 0xFF) | DECODED : b & 0xFF;
  }

  private void replace(int count, byte by) {
    length -= count;
    bytes[length++] = by;
    literal = length;
    percent = NO_ESCAPE;
    // The rest of an escape that contains this one.
    for (int before = length - 1; before >= Math.max(0, length - LONG_ESCAPE + 1); before--) {
      if (bytes[before] == '%') {
        percent = before;
        break;
      }
    }
  }

  private static int digits(byte[] bytes, int from) {
    int high = DIGITS[bytes[from] & 0xFF];
    int low = DIGITS[bytes[from + 1] & 0xFF];
    return (high | low) < 0 ? -1 : high << 4 | low;
  }

  private boolean isLongEscape() {
    return (bytes[percent + 1] | ' ') == 'u'
        && digits(bytes, percent + 2) >= 0
        && digits(bytes, percent + 4) >= 0;
  }

  private byte replaceLong() {
    int unit = digits(bytes, percent + 2) << 8 | digits(bytes, percent + 4);
    // Windows reads the full-width forms as the ASCII characters.
    int c = unit > FULL_WIDTH + ' ' && unit < FULL_WIDTH + 0x7f ? unit - FULL_WIDTH : unit;
    byte[] encoded = Character.toString(c).getBytes(UTF_8);
    certain = false;
    replace(LONG_ESCAPE, encoded[0]);
    for (int i = 1; i < encoded.length; i++) {
      bytes[length++] = encoded[i];
    }
    literal = length;
    return encoded[encoded.length - 1];
  }

  /** Returns false if a look at the byte before shows that the next byte ends no overlong form. */
  private boolean mayEndOverlong(byte next) {
    if (length == 0 || (next & 0xC0) != 0x80) {
      return false;
    }
    int before = bytes[length - 1] & 0xFF;
    return before == 0xC0 || before == 0xC1 || before == 0x80 || before == 0x81;
  }

  /** Returns the ASCII character whose overlong form the last bytes are, or -1. */
  private int overlong() {
    int count = sequenceLength();
    if (count == 0) {
      return -1;
    }
    int lead = bytes[length - count] & 0xFF;
    int value = count == 2 ? lead & 1 : 0;
    for (int i = length - count + 1; i < length; i++) {
      value = value << 6 | (bytes[i] & 0x3F);
    }
    boolean isLead = count == 2 ? lead == 0xC0 || lead == 0xC1 : lead == (0xFF00 >> count & 0xFF);
    return isLead && value < 0x80 ? value : -1;
  }

  /** Returns the length of the sequence that the last byte continues, from 2 to 6, or 0. */
  private int sequenceLength() {
    for (int count = 1; count <= Math.min(LONGEST_OVERLONG, length); count++) {
      int b = bytes[length - count] & 0xFF;
      if (b >= 0xC0) {
        return count > 1 ? count : 0;
      }
      if (b < 0x80) {
        return 0;
      }
    }
    return 0;
  }
}
