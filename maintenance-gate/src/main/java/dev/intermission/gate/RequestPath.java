package dev.intermission.gate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The forms of a request's path (RFC 3986 sections 3.3 and 6.2.2). A router behind the gate must
 * use {@link #canonical}, so that every request that reaches a backend has passed its gate.
 */
public final class RequestPath {

  private static final String ENCODED_SLASH = "%2F";

  private RequestPath() {}

  /**
   * Returns the path as it is matched: each segment without its {@code ;parameters}, decoded once
   * as UTF-8; no empty segments but for a final slash; dot segments resolved, those above the root
   * dropped. An encoded slash is part of its segment and stays {@code %2F}; an incomplete escape
   * stays as it is.
   *
   * @param rawPath the path of the request target, as it came in
   */
  public static String canonical(String rawPath) {
    return isPlain(rawPath) ? rawPath : read(rawPath);
  }

  /**
   * Returns whether a backend may resolve the path to a place above its root, because of a dot
   * segment that is not plain, such as {@code ..%2F}. Appended to the path of an upstream address,
   * such a path could leave the part of the upstream that the address names.
   */
  public static boolean mayLeadAboveRoot(String rawPath) {
    if (isPlain(rawPath)) {
      return false;
    }
    PathReadings readings = new PathReadings(PrefixTable.NO_PREFIX.prefixes(), rawPath);
    return readings.mayLeadAboveRoot() || readings.isAnything();
  }

  /** Returns whether the path is its own canonical form, and can't be read in another way. */
  static boolean isPlain(String rawPath) {
    char before = 0;
    for (int i = 0; i < rawPath.length(); i++) {
      char c = rawPath.charAt(i);
      if (c == '%' || c == ';' || c == '\\' || c >= 0x7f) {
        return false;
      }
      if (before == '/' && (c == '/' || c == '.')) {
        return false;
      }
      before = c;
    }
    return !rawPath.isEmpty() && rawPath.charAt(0) == '/';
  }

  private static String read(String rawPath) {
    Deque<String> segments = new ArrayDeque<>();
    boolean endsInSlash = false;
    for (String raw : rawPath.substring(rawPath.startsWith("/") ? 1 : 0).split("/", -1)) {
      String segment = plain(raw);
      boolean dots = segment.equals(".") || segment.equals("..");
      endsInSlash = dots || segment.isEmpty();
      if (segment.equals("..")) {
        segments.pollLast();
      } else if (!endsInSlash) {
        segments.addLast(segment);
      }
    }
    return segments.isEmpty() ? "/" : "/" + String.join("/", segments) + (endsInSlash ? "/" : "");
  }

  /** Returns the segment without parameters, decoded. */
  private static String plain(String raw) {
    int parameters = raw.indexOf(';');
    return decode(parameters < 0 ? raw : raw.substring(0, parameters));
  }

  private static String decode(String segment) {
    if (segment.indexOf('%') < 0) {
      return segment;
    }
    StringBuilder decoded = new StringBuilder(segment.length());
    ByteArrayOutputStream escaped = new ByteArrayOutputStream();
    for (int i = 0; i < segment.length(); i++) {
      int octet = octet(segment, i);
      if (octet >= 0 && octet != '/') {
        escaped.write(octet);
        i += 2;
        continue;
      }
      if (escaped.size() > 0) {
        decoded.append(escaped.toString(UTF_8));
        escaped.reset();
      }
      if (octet == '/') {
        decoded.append(ENCODED_SLASH);
        i += 2;
      } else {
        decoded.append(segment.charAt(i));
      }
    }
    return decoded.append(escaped.toString(UTF_8)).toString();
  }

  /** Returns the octet of the escape at this index, or -1 if there is none. */
  private static int octet(String path, int at) {
    if (at + 2 >= path.length() || path.charAt(at) != '%') {
      return -1;
    }
    int high = Character.digit(path.charAt(at + 1), 16);
    int low = Character.digit(path.charAt(at + 2), 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }
}
