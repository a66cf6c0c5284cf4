package dev.intermission.gate;

/** Decodes UTF-8 like a lenient backend, which leaves out invalid bytes. */
final class Utf8 {

  private Utf8() {}

  /**
   * Decodes the first bytes of an array.
   *
   * @param to takes the characters; at least as long as the bytes
   * @return the number of characters, or its bitwise complement if bytes were left out
   */
  static int decode(byte[] bytes, int end, char[] to) {
    int length = 0;
    boolean valid = true;
    int at = 0;
    while (at < end) {
      byte b = bytes[at];
      if (b >= 0) {
        to[length++] = (char) b;
        at++;
        continue;
      }
      int more = more(b & 0xFF);
      int c = value(bytes, at, end, more);
      if (c < 0) {
        valid = false;
        at++;
        continue;
      }
      at += 1 + more;
      if (c > Character.MAX_VALUE) {
        to[length++] = Character.highSurrogate(c);
        to[length++] = Character.lowSurrogate(c);
      } else {
        to[length++] = (char) c;
      }
    }
    return valid ? length : ~length;
  }

  /** Returns how many of the first bytes of an array are no UTF-8. */
  static int invalid(byte[] bytes, int end) {
    int invalid = 0;
    int at = 0;
    while (at < end) {
      int more = bytes[at] < 0 ? more(bytes[at] & 0xFF) : 0;
      if (more == 0 || value(bytes, at, end, more) >= 0) {
        at += 1 + more;
      } else {
        invalid++;
        at++;
      }
    }
    return invalid;
  }

  /**
   * Returns how many bytes follow this one in its character, or -1 if no character begins with it.
   */
  private static int more(int lead) {
    if (lead < 0xC2 || lead > 0xF4) {
      return -1;
    }
    return lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
  }

  /** Returns the character at this index, or -1 if there is none. */
  private static int value(byte[] bytes, int at, int end, int more) {
    if (more < 0 || at + more >= end) {
      return -1;
    }
    int c = bytes[at] & (0x3F >> more);
    for (int i = at + 1; i <= at + more; i++) {
      if ((bytes[i] & 0xC0) != 0x80) {
        return -1;
      }
      c = c << 6 | (bytes[i] & 0x3F);
    }
    boolean shortest = more == 1 || c >= (more == 2 ? 0x800 : 0x10000);
    boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    return shortest && !surrogate && c <= Character.MAX_CODE_POINT ? c : -1;
  }
}
