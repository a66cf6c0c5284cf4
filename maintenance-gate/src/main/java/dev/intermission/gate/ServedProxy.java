package dev.intermission.gate;

import dev.intermission.api.DeployedProxy;
import java.util.Objects;

/**
 * A deployed proxy in a served snapshot. Equal only to itself: it is the key of its answer, and the
 * same object goes from one snapshot to the next as long as nothing about it changes.
 */
final class ServedProxy {

  private final DeployedProxy deployed;

  ServedProxy(DeployedProxy deployed) {
    this.deployed = deployed;
  }

  DeployedProxy deployed() {
    return deployed;
  }

  boolean isOf(DeployedProxy other) {
    return Objects.equals(deployed, other);
  }
}
