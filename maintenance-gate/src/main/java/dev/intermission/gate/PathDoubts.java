package dev.intermission.gate;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Counts the places of a path at which backends may read it in different ways, and its separators
 * (SECURITY.md, "How a path is read"). The work on a path grows with both. No client needs a path
 * with more than {@link #MOST} of them, so one that is not plain is refused, whether or not any API
 * is closed.
 */
final class PathDoubts {

  /** How many separators and doubts a path may have. */
  static final int MOST = 512;

  private PathDoubts() {}

  /** Returns whether a path, as it came in, has more separators and doubts than it may have. */
  static boolean areTooMany(String rawPath) {
    return rawPath.length() > MOST
        && mayBe(rawPath) > MOST
        && !RequestPath.isPlain(rawPath)
        && count(rawPath.getBytes(UTF_8)) > MOST;
  }

  /** Returns how many there can be at most, which is far below the limit for nearly all paths. */
  private static int mayBe(String rawPath) {
    int most = 0;
    for (int i = 0; i < rawPath.length(); i++) {
      char c = rawPath.charAt(i);
      if (c == '/' || c == '%' || isDoubtful(c)) {
        most++;
      }
    }
    return most;
  }

  private static int count(byte[] path) {
    byte[] decoded = new byte[path.length];
    int length = 0;
    int count = 0;
    for (int at = 0; at < path.length; at++) {
      byte b = path[at];
      int octet = UrlEscape.octet(path, at);
      if (octet != UrlEscape.NONE) {
        at += UrlEscape.PLAIN - 1;
        count += isDoubtfulEscape(octet) ? 1 : 0;
        b = (byte) octet;
      } else if (b == '/' || b == '%' || isDoubtful(b)) {
        count++;
      }
      decoded[length++] = b;
    }
    return count + Utf8.invalid(decoded, length);
  }

  private static boolean isDoubtful(int c) {
    return c == ';' || c == '\\';
  }

  /** Returns whether the escape of an octet may be read as more than its character. */
  private static boolean isDoubtfulEscape(int octet) {
    return octet == '.' || octet == '%' || (octet < 0x80 && PathByte.kind(octet) != PathByte.TEXT);
  }
}
