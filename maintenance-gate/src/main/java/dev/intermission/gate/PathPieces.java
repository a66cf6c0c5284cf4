package dev.intermission.gate;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Splits a raw path at everything that any backend may read as a separator, and decodes the pieces
 * between ({@link DecodedText}), in one pass.
 *
 * <p>A piece is certain if every backend reads it in the same way: a plain slash, or text whose
 * escapes decode once to valid UTF-8. Everything else is a doubt, and the methods of this class
 * report it as one.
 */
final class PathPieces {

  private static final int NONE = UrlEscape.NONE;

  private final byte[] path;
  private final DecodedText decoded;
  private final PieceText text = new PieceText();
  private int at;
  private boolean ended;

  private int end;
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
    decoded = new DecodedText(path.length, decodesOverlong);
    at = path.length > 0 && path[0] == '/' ? 1 : 0;
  }

  /** Moves to the next piece; returns false after the last one. */
  boolean next() {
    if (ended) {
      return false;
    }
    beginsCertainly = endsCertainly;
    empties = 0;
    cut = false;
    if (!readPlain()) {
      readDecoded();
    }
    dots = text.dots();
    return true;
  }

  /**
   * Reads a piece whose text is in the path as it is, up to a separator or the path's end.
   *
   * @return false, with nothing read, if there is more to do
   */
  private boolean readPlain() {
    byte[] path = this.path;
    int from = at;
    int i = from;
    while (i < path.length && PathByte.kind(path[i]) == PathByte.TEXT) {
      i++;
    }
    int to = i;
    while (i < path.length && PathByte.kind(path[i]) <= PathByte.PARAMETERS) {
      i++;
    }
    boolean isCertain = true;
    int next = i;
    if (i < path.length) {
      isCertain = path[i] == '/';
      next = isCertain || path[i] == '\\' ? i + 1 : afterSeparator(i);
      if (next == NONE) {
        return false;
      }
    } else {
      ended = true;
    }
    at = next;
    text.take(path, from, to);
    parameters = i > to;
    textIsCertain = i == to;
    endsCertainly = isCertain;
    if (isCertain && i == from && !ended) {
      skipEmpties();
    }
    return true;
  }

  /** Returns where the path goes on after the escape of a separator, or none if it is none. */
  private int afterSeparator(int at) {
    int octet = UrlEscape.octet(path, at);
    if (octet != NONE) {
      return isSlash(octet) ? at + UrlEscape.PLAIN : NONE;
    }
    return isSlash(UrlEscape.unit(path, at)) ? at + UrlEscape.LONG : NONE;
  }

  private static boolean isSlash(int c) {
    return c == '/' || c == '\\';
  }

  private void readDecoded() {
    decoded.clear();
    end = NONE;
    textIsCertain = true;
    parameters = false;
    endsCertainly = read();
    boolean isValid = text.take(decoded, end == NONE ? decoded.length() : end);
    textIsCertain &= isValid && decoded.isCertain();
  }

  /** Reads up to the next separator; returns whether that is one for every backend. */
  private boolean read() {
    while (at < path.length) {
      int from = at;
      byte b = path[from];
      byte kind = PathByte.kind(b);
      boolean inEscape = decoded.isInEscape();
      if (!inEscape) {
        at = addRun(b);
      }
      if (at > from) {
        continue;
      }
      if (kind == PathByte.SLASH) {
        at++;
        if (decoded.length() == 0) {
          skipEmpties();
        }
        return true;
      } else if (kind == PathByte.BACKSLASH && !inEscape) {
        at++;
        return false;
      } else if (separates(b)) {
        return false;
      }
    }
    ended = true;
    return true;
  }

  /** Adds the bytes from this one on that mean nothing but text; returns where the path goes on. */
  private int addRun(byte b) {
    // Within parameters, another semicolon changes nothing.
    byte most = end == NONE ? PathByte.TEXT : PathByte.PARAMETERS;
    return b < 0 ? decoded.addWhileHigh(path, at) : decoded.addWhile(path, at, most);
  }

  /** Takes what may be an escape or its end, and returns whether it may be a separator. */
  private boolean separates(byte b) {
    int octet = b == '%' ? UrlEscape.octet(path, at) : NONE;
    at += octet == NONE ? 1 : UrlEscape.PLAIN;
    if (isSlash(octet)) {
      return true;
    }
    int last = octet == NONE ? decoded.add(b) : decoded.addOctet(octet);
    if (isSeparator(last)) {
      decoded.removeLast();
      return true;
    }
    byte kind = PathByte.kind(last);
    if (kind == PathByte.PARAMETERS || kind == PathByte.END_OF_PATH) {
      endText(kind == PathByte.END_OF_PATH);
    }
    return false;
  }

  private void skipEmpties() {
    empties = 1;
    while (at < path.length && path[at] == '/') {
      empties++;
      at++;
    }
  }

  private static boolean isSeparator(int last) {
    byte kind = PathByte.kind(last);
    return kind == PathByte.BACKSLASH
        || (kind == PathByte.SLASH && (last & DecodedText.DECODED) != 0);
  }

  private void endText(boolean ofPath) {
    textIsCertain = false;
    parameters = true;
    cut |= ofPath;
    if (end == NONE) {
      end = decoded.length() - 1;
    }
  }

  /** Returns whether overlong UTF-8 was decoded so far. */
  boolean hadOverlong() {
    return decoded.hadOverlong();
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
      } else if (b < 0 || PathByte.kind(b) != PathByte.TEXT || (b == '.' && i == from)) {
        break;
      }
    }
    at = from;
    return names;
  }

  /** Returns the text of the piece, without parameters. */
  PieceText text() {
    return text;
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
    return text.length() == 0 || dots == 1;
  }

  /** Returns whether the piece may be {@code ..}. */
  boolean mayGoUp() {
    return dots == 2;
  }

  /** Returns whether the text is {@code .} or {@code ..}. */
  boolean isDots() {
    return dots > 0;
  }
}
