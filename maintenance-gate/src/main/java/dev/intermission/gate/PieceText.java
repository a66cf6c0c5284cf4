package dev.intermission.gate;

/**
 * The text of a piece of a path, without parameters. It lies in the path itself as long as nothing
 * of it is decoded; so most of a path is read without a copy.
 */
final class PieceText {

  private byte[] bytes = new byte[0];
  private int start;
  private int end;
  private boolean isAscii = true;

  /** The characters where they are not all ASCII, and {@link #length} of them. */
  private char[] chars = new char[0];

  private int length;

  /** Becomes a part of a path that has only ASCII characters. */
  void take(byte[] path, int from, int to) {
    bytes = path;
    start = from;
    end = to;
    length = to - from;
    isAscii = true;
  }

  /**
   * Becomes the beginning of a decoded text.
   *
   * @return whether it is valid UTF-8; bytes that are not are left out
   */
  boolean take(DecodedText text, int to) {
    take(text.bytes(), 0, to);
    if (text.isAscii()) {
      return true;
    }
    isAscii = false;
    chars = chars.length == 0 ? new char[bytes.length] : chars;
    int decoded = Utf8.decode(bytes, end, chars);
    length = decoded < 0 ? ~decoded : decoded;
    return decoded >= 0;
  }

  int length() {
    return length;
  }

  private char charAt(int index) {
    return isAscii ? (char) bytes[start + index] : chars[index];
  }

  /** Returns how many dots the text is made of, if those are all: 1, 2, or else 0. */
  int dots() {
    if (length == 0 || length > 2 || charAt(0) != '.') {
      return 0;
    }
    return charAt(length - 1) == '.' ? length : 0;
  }

  /** Returns the hash of another text, which has the given one, with this text behind it. */
  int hash(Prefixes prefixes, int before) {
    int hash = before;
    if (isAscii) {
      for (int i = start; i < end; i++) {
        hash = prefixes.append(hash, (char) bytes[i]);
      }
      return hash;
    }
    for (int i = 0; i < length; i++) {
      hash = prefixes.append(hash, chars[i]);
    }
    return hash;
  }

  char[] copy() {
    char[] copy = new char[length];
    for (int i = 0; i < length; i++) {
      copy[i] = charAt(i);
    }
    return copy;
  }

  boolean is(char[] other) {
    if (other.length != length) {
      return false;
    }
    int i = 0;
    while (i < length && other[i] == charAt(i)) {
      i++;
    }
    return i == length;
  }

  /** Returns whether a backend that reads bytes as ISO 8859-1 gets a different text. */
  boolean hasLatin1() {
    return !isAscii;
  }

  /** Becomes the text with its bytes read as ISO 8859-1. */
  void takeLatin1() {
    for (int i = start; i < end; i++) {
      chars[i - start] = (char) (bytes[i] & 0xFF);
    }
    length = end - start;
  }
}
