package dev.intermission.gate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The forms of a request's path (RFC 3986 sections 3.3 and 6.2.2). Whoever routes a request after
 * the gate does so by {@link #canonical}, so that what reaches a backend has passed its gate.
 */
public final class RequestPath {

  private static final String ENCODED_SLASH = "%2F";

  private static final int SLASH = 1;
  private static final int BACKSLASH = 2;
  private static final int SEMICOLON = 4;

  private RequestPath() {}

  /**
   * Returns the path as it is matched: each segment without its {@code ;parameters}, decoded once
   * as UTF-8; no empty segments but for a final slash; dot segments resolved, those above the root
   * dropped. An encoded slash is part of its segment and stays {@code %2F}; what is no escape stays
   * as it is.
   *
   * @param rawPath the path of the request target, as it came in
   */
  public static String canonical(String rawPath) {
    return isPlain(rawPath) ? rawPath : read(rawPath, false);
  }

  /**
   * Returns whether a path is at or below a canonical one, however a backend reads it; if not, a
   * backend may take it for another's.
   *
   * @param canonicalPrefix without a slash at its end; empty for the root
   */
  public static boolean staysBelow(String canonicalPrefix, String rawPath) {
    return isBelow(canonicalPrefix, canonical(rawPath))
        && otherReadings(rawPath).stream().allMatch(reading -> isBelow(canonicalPrefix, reading));
  }

  private static boolean isBelow(String prefix, String path) {
    return path.startsWith(prefix)
        && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
  }

  /**
   * Returns what backends might take the path for that differ in what separates: an encoded slash
   * and a backslash are a slash or not, an encoded semicolon begins parameters or not, and {@code
   * ..} takes an empty segment away or the one before it; and what they might take it for when a
   * proxy has resolved its plain dot segments before. Every combination is there, since a backend
   * has one of its own, and a path can be made that only one of them reads as another path. Empty
   * for a path that has nothing of that.
   */
  static Set<String> otherReadings(String rawPath) {
    int doubts = doubts(rawPath);
    if (doubts == 0) {
      return Set.of();
    }
    Set<String> readings = new LinkedHashSet<>();
    for (String path : List.of(rawPath, resolved(rawPath))) {
      for (int taken = doubts; taken >= 0; taken--) {
        if ((taken & doubts) == taken) {
          String separated = separated(path, taken);
          readings.add(read(separated, false));
          readings.add(read(separated, true));
        }
      }
    }
    return readings;
  }

  private static int doubts(String rawPath) {
    int doubts = 0;
    for (int i = 0; i < rawPath.length(); i++) {
      doubts |= doubt(rawPath, i);
    }
    return doubts;
  }

  private static int doubt(String path, int at) {
    if (path.charAt(at) == '\\') {
      return BACKSLASH;
    }
    return switch (octet(path, at)) {
      case '/' -> SLASH;
      case '\\' -> BACKSLASH;
      case ';' -> SEMICOLON;
      default -> 0;
    };
  }

  /** Returns the path with what is taken for a separator written as one. */
  private static String separated(String rawPath, int taken) {
    StringBuilder separated = new StringBuilder(rawPath.length());
    for (int i = 0; i < rawPath.length(); i++) {
      int doubt = doubt(rawPath, i) & taken;
      if (doubt == 0) {
        separated.append(rawPath.charAt(i));
      } else {
        separated.append(doubt == SEMICOLON ? ';' : '/');
        i += rawPath.charAt(i) == '%' ? 2 : 0;
      }
    }
    return separated.toString();
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

  private static String read(String rawPath, boolean emptyCounts) {
    Deque<String> segments = new ArrayDeque<>();
    boolean endsInSlash = false;
    for (String raw : rawPath.substring(rawPath.startsWith("/") ? 1 : 0).split("/", -1)) {
      String segment = plain(raw);
      boolean dots = segment.equals(".") || segment.equals("..");
      endsInSlash = dots || (segment.isEmpty() && !emptyCounts);
      if (segment.equals("..")) {
        segments.pollLast();
      } else if (!endsInSlash) {
        segments.addLast(segment);
      }
    }
    return segments.isEmpty() ? "/" : "/" + String.join("/", segments) + (endsInSlash ? "/" : "");
  }

  /** Returns the path with its plain dot segments resolved, and otherwise as it came. */
  private static String resolved(String rawPath) {
    Deque<String> segments = new ArrayDeque<>();
    for (String raw : rawPath.split("/", -1)) {
      String segment = plain(raw);
      if (segment.equals("..")) {
        segments.pollLast();
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        segments.addLast(raw);
      }
    }
    return "/" + String.join("/", segments);
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
