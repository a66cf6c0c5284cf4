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

  private static final int FULL_WIDTH = 0xFEE0;
  private static final int NO_ESCAPE = -UrlEscape.LONG - 1;
  private static final int LONGEST_OVERLONG = 6;

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
    return length - percent < UrlEscape.LONG;
  }

  void removeLast() {
    length--;
  }

  /**
   * Adds the bytes of a path that are of one kind, and belong to no escape.
   *
   * @param most the last one of the kinds to add
   * @return where the path goes on
   */
  int addWhile(byte[] path, int from, int most) {
    byte[] bytes = this.bytes;
    int length = this.length;
    int at = from;
    while (at < path.length && PathByte.kind(path[at]) <= most) {
      bytes[length++] = path[at++];
    }
    this.length = length;
    return at;
  }

  /**
   * Adds the bytes of a path that are no ASCII characters, and neither belong to an escape nor end
   * an overlong form.
   *
   * @return where the path goes on
   */
  int addWhileHigh(byte[] path, int from) {
    int at = from;
    while (at < path.length && path[at] < 0 && overlong(path[at], length) == 0) {
      bytes[length++] = path[at++];
      ascii = false;
    }
    return at;
  }

  /**
   * Adds the octet of a plain escape; it may belong to an escape around it.
   *
   * @return the last byte of the text, with the flag {@link #DECODED}
   */
  int addOctet(int octet) {
    boolean decodes = isInEscape() || overlong((byte) octet, length) > 0;
    bytes[length++] = (byte) octet;
    literal = length;
    if (decodes) {
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
    int escape = length + 1 - percent;
    boolean decodes =
        escape == UrlEscape.PLAIN || escape == UrlEscape.LONG || overlong(b, length) > 0;
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
      int escape = length - percent;
      if (escape == UrlEscape.PLAIN && UrlEscape.octet(bytes, percent) >= 0) {
        b = (byte) UrlEscape.octet(bytes, percent);
        certain &= length - literal >= UrlEscape.PLAIN;
        replace(UrlEscape.PLAIN, b);
      } else if (escape == UrlEscape.LONG && UrlEscape.unit(bytes, percent) >= 0) {
        b = replaceLong(UrlEscape.unit(bytes, percent));
      } else if (overlong(b, length - 1) > 0) {
        certain = false;
        hadOverlong = true;
        int count = overlong(b, length - 1);
        b = (byte) ((bytes[length - 2] & 1) << 6 | (b & 0x3F));
        replace(count, b);
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
    for (int before = length - 1; before >= Math.max(0, length - UrlEscape.LONG + 1); before--) {
      if (bytes[before] == '%') {
        percent = before;
        break;
      }
    }
  }

  private byte replaceLong(int unit) {
    // Windows reads the full-width forms as the ASCII characters.
    int c = unit > FULL_WIDTH + ' ' && unit < FULL_WIDTH + 0x7f ? unit - FULL_WIDTH : unit;
    byte[] encoded = Character.toString(c).getBytes(UTF_8);
    certain = false;
    replace(UrlEscape.LONG, encoded[0]);
    for (int i = 1; i < encoded.length; i++) {
      bytes[length++] = encoded[i];
    }
    literal = length;
    return encoded[encoded.length - 1];
  }

  /**
   * Returns how many bytes the overlong form of an ASCII character has that a byte ends, or 0 if it
   * ends none. The byte before the last holds the character's highest bit, and those between it and
   * the first hold nothing.
   *
   * @param at where the byte is, or would be
   */
  private int overlong(byte last, int at) {
    if (!decodesOverlong || (last & 0xC0) != 0x80 || at == 0) {
      return 0;
    }
    int before = bytes[at - 1] & 0xFE;
    if (before == 0xC0) {
      return 2;
    }
    for (int count = 3; before == 0x80 && count <= Math.min(LONGEST_OVERLONG, at + 1); count++) {
      int first = bytes[at + 1 - count] & 0xFF;
      if (first == (0xFF00 >> count & 0xFF)) {
        return count;
      }
      if (first != 0x80) {
        return 0;
      }
    }
    return 0;
  }
}
