package dev.intermission.gate;

import dev.intermission.api.DeployedProxy;
import java.util.Objects;

/**
 * A deployed proxy in a served snapshot. Equal only to itself, since it is the key of its answer in
 * the cache. Consecutive snapshots share the object as long as nothing about the proxy changes.
 */
final class ServedProxy {

  private final DeployedProxy deployed;

  ServedProxy(DeployedProxy deployed) {
    this.deployed = deployed;
  }

  DeployedProxy deployed() {
    return deployed;
  }

  boolean hasBypassTokens() {
    return !deployed.parts().bypassTokens().isEmpty();
  }

  boolean isOf(DeployedProxy other) {
    return Objects.equals(deployed, other);
  }
}
