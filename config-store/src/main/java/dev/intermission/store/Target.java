package dev.intermission.store;

import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import dev.intermission.api.store.DeploymentRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of a proxy whose row is locked, step by step.
 *
 * @param steps at least one
 */
record Target(ProxyId id, ProxyRow row, List<Step> steps) {

  Target {
    steps = List.copyOf(steps);
  }

  /**
   * Settings to be saved, and then to be deployed.
   *
   * @param deployTo null if they are saved alone
   */
  record Step(MaintenanceSettings settings, @Nullable DeploymentRequest deployTo) {}

  /** Returns a target with these settings saved, and deployed wherever that is requested. */
  static Target of(
      ProxyId id, ProxyRow row, MaintenanceSettings settings, List<DeploymentRequest> deployTo) {
    return new Target(
        id,
        row,
        deployTo.isEmpty()
            ? List.of(new Step(settings, null))
            : deployTo.stream().map(request -> new Step(settings, request)).toList());
  }

  /** Returns the settings that are saved in the end. */
  MaintenanceSettings settings() {
    return steps.get(steps.size() - 1).settings();
  }

  boolean deploys() {
    return steps.stream().anyMatch(step -> step.deployTo() != null);
  }
}
