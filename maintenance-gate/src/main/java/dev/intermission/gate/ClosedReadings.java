package dev.intermission.gate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ways to read a path that lead to closed proxies. A request passes only if each of them is
 * exempt, in the proxy that it belongs to; else it gets the answer of the proxy with the longest
 * prefix among the others. For one request.
 */
final class ClosedReadings {

  /** The escapes of characters that need none in a path (RFC 3986 section 3.3), but the dot. */
  private static final Pattern PLAIN_ESCAPE =
      Pattern.compile(
          "%(2[146-9A-Da-d]|3[0-9ABDabd]|4[0-9A-Fa-f]|5[0-9AFaf]|6[1-9A-Fa-f]|7[0-9AEae])");

  /**
   * A backslash, escaped any number of times. Servers that take it for a slash disagree on what is
   * above it: {@code /open/x/..\y} is {@code /open\y} to some, which is not below {@code /open}.
   */
  private static final Pattern BACKSLASH = Pattern.compile("\\\\|%(?:25)*5[Cc]");

  private final ServedProxies proxies;
  private final @Nullable String host;
  private final String rawPath;

  /** What lets the request pass where it does. */
  private Passage passage = Passage.OPEN;

  /** The proxy that does so. */
  private int letInBy = RouteIndex.NONE;

  /** Those that are closed whatever the path is below the proxy. */
  private int found = RouteIndex.NONE;

  private int longest = -1;

  ClosedReadings(ServedProxies proxies, @Nullable String host, String rawPath) {
    this.proxies = proxies;
    this.host = host;
    this.rawPath = rawPath;
  }

  /**
   * Returns the index of the proxy whose answer the request gets, or NONE if it passes; {@link
   * #passage} tells why it does.
   *
   * @param request null if nothing is exempt
   */
  int closed(@Nullable AskedRequest request) {
    Prefixes prefixes = proxies.routes().prefixes(host);
    PathReadings readings = new PathReadings(prefixes, rawPath);
    List<Integer> byPath = new ArrayList<>();
    for (int i = 0; i < readings.size(); i++) {
      if (readings.isEnd(i)) {
        String path = readings.path(i);
        int index = closedAt(path);
        if (index != RouteIndex.NONE && !passes(index, request)) {
          boolean hasPaths = request != null && openPaths(index) != null;
          if (hasPaths && !byPath.contains(index)) {
            byPath.add(index);
          } else if (!hasPaths) {
            take(index, path);
          }
        }
      }
    }
    if (found == RouteIndex.NONE && readings.isAnything()) {
      return byPath.isEmpty() ? proxies.closed().nextSetBit(0) : byPath.get(0);
    }
    return found != RouteIndex.NONE || byPath.isEmpty() ? found : closedBeside(byPath, prefixes);
  }

  private int closedAt(String path) {
    int index = proxies.routes().find(host, path);
    return index != RouteIndex.NONE && proxies.closed().get(index) ? index : RouteIndex.NONE;
  }

  private boolean passes(int index, @Nullable AskedRequest request) {
    ProxyExemptions exemptions = proxies.served()[index].exemptions();
    if (request == null || exemptions == null) {
      return false;
    }
    Passage found = exemptions.passage(request);
    if (found == Passage.CLOSED) {
      return false;
    }
    letIn(index, found);
    return true;
  }

  private @Nullable OpenPaths openPaths(int index) {
    ProxyExemptions exemptions = proxies.served()[index].exemptions();
    return exemptions == null ? null : exemptions.openPaths();
  }

  private void take(int index, String path) {
    if (path.length() > longest) {
      found = index;
      longest = path.length();
    }
  }

  /**
   * Returns one of these proxies to which a reading leads beside its open paths, or NONE. The path
   * is read once more, with the open paths among the places that it may lead to.
   */
  private int closedBeside(List<Integer> byPath, Prefixes ofRoutes) {
    if (BACKSLASH.matcher(rawPath).find()) {
      return byPath.get(0);
    }
    Prefixes prefixes = ofRoutes;
    Set<Integer> asked = new HashSet<>(byPath);
    for (int index : byPath) {
      OpenPaths open = openPaths(index);
      prefixes =
          open == null
              ? prefixes
              : prefixes.and(
                  open.prefixes(proxies.routes().proxies().get(index), ofRoutes.factor()));
    }
    boolean isAnything = takeBeside(asked, new PathReadings(prefixes, rawPath));
    String undecoded = undecoded(rawPath);
    if (!undecoded.equals(rawPath)) {
      isAnything |= takeBeside(asked, new PathReadings(prefixes, undecoded));
    }
    if (found == RouteIndex.NONE) {
      letIn(byPath.get(0), Passage.EXEMPT);
    }
    return found == RouteIndex.NONE && isAnything ? byPath.get(0) : found;
  }

  /**
   * Returns the path as a server reads it that routes without decoding: there {@code %68ealth} is
   * another segment than {@code health}. Dots are left, since the gateway resolves them before.
   */
  private static String undecoded(String path) {
    return PLAIN_ESCAPE.matcher(path).replaceAll("=$1");
  }

  /**
   * Takes what leads beside open paths, and returns whether there may be more of it: also where
   * nothing leads to these proxies, since their own paths are not spelled plainly.
   */
  private boolean takeBeside(Set<Integer> asked, PathReadings readings) {
    boolean leadsThere = false;
    for (int i = 0; i < readings.size(); i++) {
      if (readings.isEnd(i)) {
        String path = readings.path(i);
        int index = closedAt(path);
        boolean isAsked = asked.contains(index);
        leadsThere |= isAsked;
        if (isAsked && !proxies.served()[index].isOpen(path)) {
          take(index, path);
        }
      }
    }
    return readings.isAnything() || !leadsThere;
  }

  private void letIn(int index, Passage by) {
    letInBy = passage.and(by) == passage ? letInBy : index;
    passage = passage.and(by);
  }

  /** Returns the index of the proxy that let the request pass, or NONE if it is open. */
  int letInBy() {
    return letInBy;
  }

  /** Returns what let the request pass. */
  Passage passage() {
    return passage;
  }
}
