package dev.intermission.api;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A host (or any host) and a path prefix that belong to a proxy. The prefix ends at a segment
 * boundary: {@code /api/v1} covers {@code /api/v1} and {@code /api/v1/…}, never {@code /api/v10}.
 *
 * @param host the host without a port in the form of {@link HostName}, or null for any host
 * @param path the decoded path prefix: starts with {@code /}, and ends without one unless it is
 *     {@code /}, which covers every path
 */
public record Route(@Nullable String host, String path) {

  /**
   * Takes the host in any case, an IPv6 address in any spelling with or without brackets, and the
   * path with or without a final slash.
   *
   * @throws IllegalArgumentException if the path is not absolute, holds an empty or dot segment or
   *     one of <code>; % ? # \</code>, a control character or U+FFFD (which stands for bytes that
   *     are not valid text), or if the host is empty or holds a character that no host name has
   */
  public Route {
    path = canonical(path);
    if (host != null) {
      String plain = HostName.plain(host);
      if (!plain.matches("[a-z0-9._-]+|\\[[0-9a-f:]+]")) {
        throw new IllegalArgumentException(
            "host '" + host + "' is not a host name; allowed: a name or address without a port");
      }
      host = plain;
    }
  }

  /** Returns the route for this path on every host. */
  public static Route anyHost(String path) {
    return new Route(null, path);
  }

  private static String canonical(String path) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("path '" + path + "' must start with /");
    }
    if (path.equals("/")) {
      return path;
    }
    String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    for (String segment : trimmed.substring(1).split("/", -1)) {
      if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
        throw new IllegalArgumentException(
            "path '" + path + "' has an empty or dot segment; write it in its plain form");
      }
    }
    for (int i = 0; i < trimmed.length(); i++) {
      char c = trimmed.charAt(i);
      if (c < ' ' || c == 0x7f || ";%?#\\\uFFFD".indexOf(c) >= 0) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "path '%s' has the character U+%04X; write it decoded, without ; %% ? # \\ U+FFFD and controls",
                path,
                (int) c));
      }
    }
    return trimmed;
  }
}
