package dev.intermission.gate;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.Route;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The paths of a closed proxy that stay open. They are relative to the longest of the proxy's own
 * paths that covers a request, as the upstream's path is. They know nothing of the proxy, so many
 * can share them. Immutable.
 */
final class OpenPaths {

  private static final int OPEN = 0;

  private final List<String> relative;
  private final PrefixTable table;

  OpenPaths(List<String> paths) {
    relative = paths.stream().map(path -> Route.anyHost(path).path()).toList();
    PrefixTable.Builder prefixes =
        new PrefixTable.Builder(ThreadLocalRandom.current().nextInt(), Math::min);
    relative.forEach(path -> prefixes.add(path, OPEN));
    table = prefixes.build();
  }

  /**
   * Returns whether a plain path of a proxy is one of them, or below one.
   *
   * @param own the length of the proxy's own path that covers it
   */
  boolean cover(String plainPath, int own) {
    return table.find(plainPath, own) == OPEN;
  }

  /** Returns them below a proxy's own paths for {@link PathReadings}, with this factor. */
  Prefixes prefixes(ApiProxy proxy, int factor) {
    PrefixTable.Builder prefixes = new PrefixTable.Builder(factor, Math::min);
    for (String own : proxy.relativePathList()) {
      for (String path : relative) {
        prefixes.add((own.equals("/") ? "" : own) + path, OPEN);
      }
    }
    return prefixes.build().prefixes();
  }
}
