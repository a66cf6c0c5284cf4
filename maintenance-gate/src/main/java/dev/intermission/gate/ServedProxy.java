package dev.intermission.gate;

import dev.intermission.api.DeployedProxy;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A deployed proxy in a served snapshot. Equal only to itself, since it is the key of its answer in
 * the cache. Consecutive snapshots share the object as long as nothing about the proxy changes.
 */
final class ServedProxy {

  private static final int SEVERAL = -1;

  private final DeployedProxy deployed;
  private final @Nullable ProxyExemptions exemptions;

  /** The length of its only path, or {@link #SEVERAL}. */
  private final int onlyPath;

  ServedProxy(DeployedProxy deployed, @Nullable ProxyExemptions exemptions) {
    this.deployed = deployed;
    this.exemptions = exemptions;
    List<String> paths = deployed.proxy().relativePathList();
    onlyPath = paths.size() == 1 ? length(paths.get(0)) : SEVERAL;
  }

  /** The root path adds nothing before the paths below it. */
  private static int length(String own) {
    return own.equals("/") ? 0 : own.length();
  }

  DeployedProxy deployed() {
    return deployed;
  }

  /** Returns what lets requests pass while it is closed, or null if nothing does. */
  @Nullable ProxyExemptions exemptions() {
    return exemptions;
  }

  /** Returns what lets the request with this plain path pass, or {@link Passage#CLOSED}. */
  Passage passage(AskedRequest request, String plainPath) {
    if (exemptions == null) {
      return Passage.CLOSED;
    }
    return isOpen(plainPath) ? Passage.EXEMPT : exemptions.passage(request);
  }

  /** Returns whether a plain path, which belongs to this proxy, is an open one. */
  boolean isOpen(String plainPath) {
    OpenPaths open = exemptions == null ? null : exemptions.openPaths();
    return open != null && open.cover(plainPath, ownLength(plainPath));
  }

  private int ownLength(String plainPath) {
    if (onlyPath != SEVERAL) {
      return onlyPath;
    }
    int longest = 0;
    for (String own : deployed.proxy().relativePathList()) {
      boolean covers =
          plainPath.startsWith(own)
              && (plainPath.length() == own.length() || plainPath.charAt(own.length()) == '/');
      longest = covers ? Math.max(longest, own.length()) : longest;
    }
    return longest;
  }

  boolean hasBypassTokens() {
    return !deployed.parts().bypassTokens().isEmpty();
  }

  boolean isOf(DeployedProxy other) {
    return Objects.equals(deployed, other);
  }
}
