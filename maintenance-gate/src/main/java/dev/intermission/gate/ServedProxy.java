package dev.intermission.gate;

import dev.intermission.api.DeployedProxy;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A deployed proxy in a served snapshot. Equal only to itself, since it is the key of its answer in
 * the cache. Consecutive snapshots share the object as long as nothing about the proxy changes.
 */
final class ServedProxy {

  private final DeployedProxy deployed;
  private final @Nullable ProxyExemptions exemptions;

  ServedProxy(DeployedProxy deployed) {
    this.deployed = deployed;
    exemptions = ProxyExemptions.of(deployed);
  }

  DeployedProxy deployed() {
    return deployed;
  }

  /** Returns what lets requests pass while it is closed, or null if nothing does. */
  @Nullable ProxyExemptions exemptions() {
    return exemptions;
  }

  boolean hasBypassTokens() {
    return !deployed.parts().bypassTokens().isEmpty();
  }

  boolean isOf(DeployedProxy other) {
    return Objects.equals(deployed, other);
  }
}
