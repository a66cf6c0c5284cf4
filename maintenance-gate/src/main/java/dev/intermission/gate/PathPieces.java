package dev.intermission.gate;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Splits a raw path at everything that any backend may read as a separator, and decodes the pieces
 * between as far as any backend may: repeatedly, {@code %uXXXX}, overlong UTF-8. It takes one pass:
 * an escape is replaced as soon as its last character has been read, so escapes made of escapes
 * need no second pass.
 *
 * <p>A piece is certain if every backend reads it in the same way: a plain slash, or text whose
 * escapes decode once to valid UTF-8. Everything else is a doubt, and the methods of this class
 * report it as one.
 */
final class PathPieces {

  private static final int ESCAPE = 3;
  private static final int LONG_ESCAPE = 6;
  private static final int FULL_WIDTH = 0xFEE0;
  private static final int NO_ESCAPE = -LONG_ESCAPE - 1;

  /** Characters that are text wherever they are, unless they belong to an escape. */
  private static final boolean[] IS_TEXT = new boolean[0x80];

  private static final byte[] DIGITS = new byte[0x100];

  static {
    for (int c = 0; c < DIGITS.length; c++) {
      DIGITS[c] = (byte) (c < IS_TEXT.length ? Character.digit(c, 16) : -1);
    }
    for (int c = 1; c < IS_TEXT.length; c++) {
      IS_TEXT[c] = "/\\;%?#".indexOf(c) < 0;
    }
  }

  private final byte[] path;
  private final byte[] text;
  private char[] chars = new char[0];
  private int at;
  private boolean ended;

  private int length;
  private int end;
  private int chosen;
  private int percent;
  private int literals;
  private int empties;
  private boolean beginsCertainly;
  private boolean endsCertainly = true;
  private boolean textIsCertain;
  private boolean ascii;
  private boolean parameters;
  private boolean cut;

  PathPieces(String rawPath) {
    path = rawPath.getBytes(UTF_8);
    text = new byte[path.length];
    at = path.length > 0 && path[0] == '/' ? 1 : 0;
  }

  /** Moves to the next piece; returns false after the last one. */
  boolean next() {
    if (ended) {
      return false;
    }
    beginsCertainly = endsCertainly;
    length = 0;
    end = -1;
    empties = 0;
    percent = NO_ESCAPE;
    literals = 0;
    textIsCertain = true;
    ascii = true;
    parameters = false;
    cut = false;
    while (at < path.length) {
      byte b = path[at++];
      if (b == '/') {
        skipEmpties();
        return endOfPiece(true);
      }
      text[length++] = b;
      literals++;
      boolean isText = b > 0 && IS_TEXT[b] && length - percent > LONG_ESCAPE;
      if (!isText && takesSeparator(b)) {
        return endOfPiece(false);
      }
    }
    ended = true;
    return endOfPiece(true);
  }

  /** Skips the next pieces that are plain names, and returns how many they were. */
  int skipNames() {
    int names = 0;
    int from = at;
    for (int i = at; endsCertainly && i < path.length; i++) {
      byte b = path[i];
      if (b == '/' && i > from) {
        names++;
        from = i + 1;
      } else if (b <= 0 || !IS_TEXT[b] || (b == '.' && i == from)) {
        break;
      }
    }
    at = from;
    return names;
  }

  private void skipEmpties() {
    if (length == 0) {
      empties = 1;
      while (at < path.length && path[at] == '/') {
        empties++;
        at++;
      }
    }
  }

  private boolean endOfPiece(boolean certain) {
    endsCertainly = certain;
    if (end < 0) {
      end = length;
    }
    chosen = end;
    if (!ascii) {
      decodeUtf8();
    }
    return true;
  }

  private void decodeUtf8() {
    chars = chars.length == 0 ? new char[path.length] : chars;
    int decoded = Utf8.decode(text, end, chars);
    textIsCertain &= decoded >= 0;
    chosen = decoded < 0 ? ~decoded : decoded;
  }

  /** Looks at the byte just added, and what it completes; returns whether it may separate. */
  private boolean takesSeparator(byte added) {
    byte b = added;
    boolean decoded = false;
    while (true) {
      if (length - percent == ESCAPE && octet(length - 2) >= 0) {
        b = (byte) octet(length - 2);
        textIsCertain &= literals >= ESCAPE;
        replace(ESCAPE, b);
      } else if (length - percent == LONG_ESCAPE && (text[percent + 1] | ' ') == 'u' && isLong()) {
        b = replaceLong();
      } else if (b < 0 && overlong() >= 0) {
        b = (byte) overlong();
        textIsCertain = false;
        replace(overlongLength(), b);
      } else {
        break;
      }
      decoded = true;
    }
    return isSeparator(b, decoded);
  }

  private boolean isSeparator(byte b, boolean decoded) {
    switch (b) {
      case '%' -> percent = length - 1;
      case '\\' -> {
        length--;
        return true;
      }
      case '/' -> {
        if (decoded) {
          length--;
          return true;
        }
      }
      case ';' -> endText(false);
      // A backend that reads the decoded path as a URL or as a C string sees its end here.
      case '?', '#', 0 -> endText(true);
      default -> ascii &= b >= 0;
    }
    return false;
  }

  private void endText(boolean ofPath) {
    textIsCertain = false;
    parameters = true;
    cut |= ofPath;
    if (end < 0) {
      end = length - 1;
    }
  }

  private void replace(int count, byte by) {
    length -= count;
    text[length++] = by;
    literals = 0;
    percent = NO_ESCAPE;
    // The rest of an escape that contains this one.
    for (int before = length - 1; before >= Math.max(0, length - LONG_ESCAPE + 1); before--) {
      if (text[before] == '%') {
        percent = before;
        break;
      }
    }
  }

  private int octet(int from) {
    int high = DIGITS[text[from] & 0xFF];
    int low = DIGITS[text[from + 1] & 0xFF];
    return (high | low) < 0 ? -1 : high << 4 | low;
  }

  private boolean isLong() {
    return octet(percent + 2) >= 0 && octet(percent + 4) >= 0;
  }

  private byte replaceLong() {
    int unit = octet(percent + 2) << 8 | octet(percent + 4);
    // Windows reads the full-width forms as the ASCII characters.
    int c = unit > FULL_WIDTH + ' ' && unit < FULL_WIDTH + 0x7f ? unit - FULL_WIDTH : unit;
    byte[] bytes = Character.toString(c).getBytes(UTF_8);
    textIsCertain = false;
    replace(LONG_ESCAPE, bytes[0]);
    for (int i = 1; i < bytes.length; i++) {
      text[length++] = bytes[i];
    }
    return bytes[bytes.length - 1];
  }

  /** Returns the ASCII character whose overlong form the last bytes are, or -1. */
  private int overlong() {
    int count = overlongLength();
    if (count == 0) {
      return -1;
    }
    int lead = text[length - count] & 0xFF;
    int value = count == 2 ? lead & 1 : 0;
    for (int i = length - count + 1; i < length; i++) {
      value = value << 6 | (text[i] & 0x3F);
    }
    boolean isLead = count == 2 ? lead == 0xC0 || lead == 0xC1 : lead == (0xFF00 >> count & 0xFF);
    return isLead && value < 0x80 ? value : -1;
  }

  /** Returns the length of the sequence that the last byte continues, from 2 to 6, or 0. */
  private int overlongLength() {
    for (int count = 1; count <= Math.min(LONG_ESCAPE, length); count++) {
      int b = text[length - count] & 0xFF;
      if (b >= 0xC0) {
        return count > 1 ? count : 0;
      }
      if (b < 0x80) {
        return 0;
      }
    }
    return 0;
  }

  /** Returns how many empty segments the piece stands for; 0 where it may be something else. */
  int empties() {
    return empties;
  }

  /** Returns whether every backend sees a separator before the piece. */
  boolean beginsCertainly() {
    return beginsCertainly;
  }

  /** Returns whether the piece is a whole segment with the same text for every backend. */
  boolean isCertain() {
    return beginsCertainly && endsCertainly && textIsCertain;
  }

  /** Returns whether parameters may begin in the piece; they extend to the next slash. */
  boolean hasParameters() {
    return parameters;
  }

  /** Returns whether the whole path may end in the piece. */
  boolean mayEndPath() {
    return cut;
  }

  /** Returns whether a backend may drop the piece because it is empty or a dot. */
  boolean mayVanish() {
    return chosen == 0 || (chosen == 1 && charAt(0) == '.');
  }

  /** Returns whether the piece may be {@code ..}. */
  boolean mayGoUp() {
    return chosen == 2 && charAt(0) == '.' && charAt(1) == '.';
  }

  /** Returns whether the text is {@code .} or {@code ..}. */
  boolean isDots() {
    return chosen > 0 && (mayVanish() || mayGoUp());
  }

  /** Returns the length of the text without parameters. */
  int length() {
    return chosen;
  }

  /** Returns a character of the text, with its bytes read as UTF-8. */
  char charAt(int index) {
    return ascii ? (char) text[index] : chars[index];
  }

  /** Returns whether a backend that reads bytes as ISO 8859-1 gets a different text. */
  boolean hasLatin1() {
    return !ascii;
  }

  /** Replaces the text by the one with its bytes read as ISO 8859-1. */
  void takeLatin1() {
    for (int i = 0; i < end; i++) {
      chars[i] = (char) (text[i] & 0xFF);
    }
    chosen = end;
    textIsCertain = false;
  }
}
