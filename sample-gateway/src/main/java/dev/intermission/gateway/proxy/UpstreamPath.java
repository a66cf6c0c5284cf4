package dev.intermission.gateway.proxy;

import dev.intermission.api.ApiProxy;
import dev.intermission.gate.RequestPath;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The path that an upstream sees: the path of its address, and what follows the proxy's own path in
 * the request. What follows goes on byte for byte, escapes included; only dot segments are resolved
 * before, so that none can climb out of the address's path.
 */
final class UpstreamPath {

  private UpstreamPath() {}

  /**
   * Returns the raw path for the upstream.
   *
   * @param addressPath the raw path of the upstream's address, empty or absolute
   * @param own what {@link #ownPath} returns for the proxy that the request was routed to
   * @param canonical the path as {@link RequestPath#canonical} returns it
   * @param rawPath the path of the request target as it came in
   */
  static String of(String addressPath, String own, String canonical, String rawPath) {
    String rest = canonical.equals(rawPath) ? after(own, rawPath) : afterSegments(own, rawPath);
    String base = base(addressPath);
    return base.isEmpty() ? withOneSlash(rest) : base + rest;
  }

  /** Returns a path that begins with one slash: two would be read as the beginning of a host. */
  private static String withOneSlash(String path) {
    int slashes = 0;
    while (slashes < path.length() && path.charAt(slashes) == '/') {
      slashes++;
    }
    return slashes == 1 ? path : "/" + path.substring(slashes);
  }

  /**
   * Returns whether a path for an upstream stays below the path of its address, however the
   * upstream reads it. What does not is for nobody: {@code ..%2F} could reach what is beside.
   *
   * @param path a path as {@link #of} returns it for this address
   */
  static boolean staysBelow(String addressPath, String path) {
    String base = base(addressPath);
    return base.isEmpty() || !RequestPath.mayLeadAboveRoot(path.substring(base.length()));
  }

  private static String base(String addressPath) {
    return addressPath.endsWith("/")
        ? addressPath.substring(0, addressPath.length() - 1)
        : addressPath;
  }

  /** Returns the longest of the proxy's paths that covers this one; empty for the root. */
  static String ownPath(ApiProxy proxy, String canonical) {
    String longest = "";
    for (String path : proxy.relativePathList()) {
      boolean covers = canonical.equals(path) || canonical.startsWith(path + "/");
      if (covers && !path.equals("/") && path.length() > longest.length()) {
        longest = path;
      }
    }
    return longest;
  }

  private static String after(String own, String path) {
    return path.substring(own.length());
  }

  /** Finds by segments where the proxy's own path ends, since it may be spelled in another way. */
  private static String afterSegments(String own, String rawPath) {
    String path = withoutDotSegments(rawPath);
    int at = 0;
    for (long left = own.chars().filter(c -> c == '/').count(); left > 0; left--) {
      while (at < path.length() && path.charAt(at) == '/') {
        at++;
      }
      int slash = path.indexOf('/', at);
      at = slash < 0 ? path.length() : slash;
    }
    return path.substring(at);
  }

  /** Returns the path itself where it has no segment that the canonical form resolves. */
  private static String withoutDotSegments(String rawPath) {
    Deque<String> kept = new ArrayDeque<>();
    boolean resolves = false;
    boolean endsInSlash = false;
    for (String segment : rawPath.split("/", -1)) {
      String read = RequestPath.canonical("/above/" + segment);
      endsInSlash = read.equals("/above/") || read.equals("/");
      resolves |= endsInSlash && !segment.isEmpty();
      if (read.equals("/")) {
        kept.pollLast();
      } else if (!endsInSlash) {
        kept.addLast(segment);
      }
    }
    return resolves ? "/" + String.join("/", kept) + (endsInSlash ? "/" : "") : rawPath;
  }
}
