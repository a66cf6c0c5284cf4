package dev.intermission.gate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Splits a raw path at everything that any backend may read as a separator, and decodes the pieces
 * between ({@link DecodedText}), in one pass.
 *
 * <p>A piece is certain if every backend reads it in the same way: a plain slash, or text whose
 * escapes decode once to valid UTF-8. Everything else is a doubt, and the methods of this class
 * report it as one.
 */
final class PathPieces {

  private static final int NONE = -1;

  private static final int ESCAPE = 3;

  private static final byte TEXT = 0;
  private static final byte PARAMETERS = 1;
  private static final byte END_OF_PATH = 2;
  private static final byte SLASH = 3;
  private static final byte BACKSLASH = 4;
  private static final byte OTHER = 5;

  /** What each byte may be. */
  private static final byte[] KINDS = new byte[0x100];

  static {
    Arrays.fill(KINDS, 0x80, KINDS.length, OTHER);
    KINDS['%'] = OTHER;
    KINDS['/'] = SLASH;
    KINDS['\\'] = BACKSLASH;
    KINDS[';'] = PARAMETERS;
    // A backend that reads the decoded path as a URL or as a C string sees its end here.
    KINDS['?'] = END_OF_PATH;
    KINDS['#'] = END_OF_PATH;
    KINDS[0] = END_OF_PATH;
  }

  private final byte[] path;
  private final DecodedText text;
  private char[] chars = new char[0];
  private int at;
  private boolean ended;

  private int end;
  private int length;
  private int dots;
  private int empties;
  private boolean beginsCertainly;
  private boolean endsCertainly = true;
  private boolean textIsCertain;
  private boolean parameters;
  private boolean cut;

  /**
   * Begins to read a path.
   *
   * @param decodesOverlong whether overlong UTF-8 is taken for the character, and not for invalid
   *     bytes
   */
  PathPieces(String rawPath, boolean decodesOverlong) {
    path = rawPath.getBytes(UTF_8);
    text = new DecodedText(path.length, decodesOverlong);
    at = path.length > 0 && path[0] == '/' ? 1 : 0;
  }

  /** Moves to the next piece; returns false after the last one. */
  boolean next() {
    if (ended) {
      return false;
    }
    beginsCertainly = endsCertainly;
    text.clear();
    end = NONE;
    empties = 0;
    textIsCertain = true;
    parameters = false;
    cut = false;
    endsCertainly = read();
    endPiece();
    return true;
  }

  /** Reads up to the next separator; returns whether that is one for every backend. */
  private boolean read() {
    while (at < path.length) {
      byte b = path[at];
      byte kind = KINDS[b & 0xFF];
      boolean inEscape = text.isInEscape();
      // Within parameters, another semicolon changes nothing.
      byte most = end == NONE ? TEXT : PARAMETERS;
      if (kind <= most && !inEscape) {
        at = text.addWhile(path, at, KINDS, most);
      } else if (kind == SLASH) {
        at++;
        skipEmpties();
        return true;
      } else if (kind == BACKSLASH && !inEscape) {
        at++;
        return false;
      } else if (separates(b, inEscape)) {
        return false;
      }
    }
    ended = true;
    return true;
  }

  /** Takes what may be an escape or its end, and returns whether it may be a separator. */
  private boolean separates(byte b, boolean inEscape) {
    int octet = inEscape || b != '%' ? NONE : DecodedText.octet(path, at);
    at += octet == NONE ? 1 : ESCAPE;
    if (octet != NONE && isSeparator(octet | DecodedText.DECODED)) {
      return true;
    }
    int last = octet == NONE ? text.add(b) : text.addOctet(octet);
    if (isSeparator(last)) {
      text.removeLast();
      return true;
    }
    byte kind = KINDS[last & 0xFF];
    if (kind == PARAMETERS || kind == END_OF_PATH) {
      endText(kind == END_OF_PATH);
    }
    return false;
  }

  private void skipEmpties() {
    if (text.length() == 0) {
      empties = 1;
      while (at < path.length && path[at] == '/') {
        empties++;
        at++;
      }
    }
  }

  private static boolean isSeparator(int last) {
    byte kind = KINDS[last & 0xFF];
    return kind == BACKSLASH || (kind == SLASH && (last & DecodedText.DECODED) != 0);
  }

  private void endText(boolean ofPath) {
    textIsCertain = false;
    parameters = true;
    cut |= ofPath;
    if (end == NONE) {
      end = text.length() - 1;
    }
  }

  private void endPiece() {
    if (end == NONE) {
      end = text.length();
    }
    length = end;
    textIsCertain &= text.isCertain();
    if (!text.isAscii()) {
      chars = chars.length == 0 ? new char[path.length] : chars;
      int decoded = Utf8.decode(text.bytes(), end, chars);
      textIsCertain &= decoded >= 0;
      length = decoded < 0 ? ~decoded : decoded;
    }
    dots = countDots();
  }

  private int countDots() {
    if (length == 0 || length > 2 || charAt(0) != '.') {
      return 0;
    }
    return charAt(length - 1) == '.' ? length : 0;
  }

  /** Returns whether overlong UTF-8 was decoded so far. */
  boolean hadOverlong() {
    return text.hadOverlong();
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
      } else if (b < 0 || KINDS[b] != TEXT || (b == '.' && i == from)) {
        break;
      }
    }
    at = from;
    return names;
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
    return length == 0 || dots == 1;
  }

  /** Returns whether the piece may be {@code ..}. */
  boolean mayGoUp() {
    return dots == 2;
  }

  /** Returns whether the text is {@code .} or {@code ..}. */
  boolean isDots() {
    return dots > 0;
  }

  /** Returns the length of the text without parameters. */
  int length() {
    return length;
  }

  /** Returns a character of the text, with its bytes read as UTF-8. */
  char charAt(int index) {
    return text.isAscii() ? (char) text.bytes()[index] : chars[index];
  }

  /** Returns whether a backend that reads bytes as ISO 8859-1 gets a different text. */
  boolean hasLatin1() {
    return !text.isAscii();
  }

  /** Replaces the text by the one with its bytes read as ISO 8859-1. */
  void takeLatin1() {
    for (int i = 0; i < end; i++) {
      chars[i] = (char) (text.bytes()[i] & 0xFF);
    }
    length = end;
    textIsCertain = false;
  }
}
