package dev.intermission.gate;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The paths of a closed proxy that stay open. They are relative to the longest of the proxy's own
 * paths that covers a request, as the upstream's path is. Immutable.
 */
final class OpenPaths {

  private static final int CLOSED = 0;
  private static final int OPEN = 1;

  private final List<String> open = new ArrayList<>();
  private final PrefixTable table;

  private OpenPaths(ApiProxy proxy, List<String> relative) {
    for (String own : proxy.relativePathList()) {
      for (String path : relative) {
        String whole = (own.equals("/") ? "" : own) + Route.anyHost(path).path();
        if (own.equals(longestOwn(proxy, whole))) {
          open.add(whole);
        }
      }
    }
    PrefixTable.Builder prefixes =
        new PrefixTable.Builder(ThreadLocalRandom.current().nextInt(), Math::min);
    proxy.relativePathList().forEach(own -> prefixes.add(own, CLOSED));
    open.forEach(path -> prefixes.add(path, OPEN));
    table = prefixes.build();
  }

  /** Returns those of a proxy, or null if there are none. */
  static @Nullable OpenPaths of(ApiProxy proxy, List<String> relative) {
    return relative.isEmpty() ? null : new OpenPaths(proxy, relative);
  }

  private static String longestOwn(ApiProxy proxy, String path) {
    String longest = "";
    for (String own : proxy.relativePathList()) {
      boolean covers = own.equals("/") || path.equals(own) || path.startsWith(own + "/");
      longest = covers && own.length() > longest.length() ? own : longest;
    }
    return longest;
  }

  /** Returns whether a plain path of the proxy is one of them, or below one. */
  boolean cover(String plainPath) {
    return table.find(plainPath) == OPEN;
  }

  /** Returns them for {@link PathReadings}, beside other prefixes with this factor. */
  Prefixes prefixes(int factor) {
    PrefixTable.Builder prefixes = new PrefixTable.Builder(factor, Math::min);
    open.forEach(path -> prefixes.add(path, OPEN));
    return prefixes.build().prefixes();
  }
}
