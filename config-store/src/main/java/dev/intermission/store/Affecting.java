package dev.intermission.store;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.store.Deployment;
import dev.intermission.api.store.DeploymentRequest;
import dev.intermission.api.store.Operation;
import dev.intermission.api.store.OperationRequest;
import dev.intermission.api.store.SettingsStore.Update;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A proxy that an operation changes.
 *
 * @param target what is to become of it
 * @param inForce what is in force before it, in the environments that it is deployed to
 */
record Affecting(Target target, SortedMap<String, Standing> inForce) {

  /** Finds out what is to become of a proxy that is locked. */
  static Affecting of(
      OperationRequest request,
      ApiProxy proxy,
      ProxyRow row,
      SortedMap<String, Standing> everywhere) {
    SortedMap<String, Standing> inForce = new TreeMap<>(everywhere);
    inForce.keySet().retainAll(request.environments());
    List<String> deployTo = List.copyOf(inForce.keySet());
    MaintenanceSettings after =
        request
            .change()
            .of(
                new OperationRequest.Affected(
                    proxy,
                    row.saved(),
                    deployTo,
                    where(inForce, Standing::settingsPending),
                    where(inForce, Standing::tracePending)));
    List<DeploymentRequest> requests =
        deployTo.stream()
            .map(name -> new DeploymentRequest(name, request.description(), false))
            .toList();
    return new Affecting(Target.of(proxy.id(), row, after, requests), inForce);
  }

  private static List<String> where(
      SortedMap<String, Standing> inForce, Predicate<Standing> condition) {
    return inForce.entrySet().stream()
        .filter(at -> condition.test(at.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Returns what was done. */
  Operation.Changed changed(Update update) {
    List<Operation.InEnvironment> made = new ArrayList<>();
    for (Deployment deployment : update.deployments()) {
      Standing replaced = inForce.get(deployment.environment());
      if (replaced != null) {
        made.add(
            new Operation.InEnvironment(
                deployment.environment(),
                replaced.settings(),
                deployment.revision(),
                deployment.environmentVersion()));
      }
    }
    return new Operation.Changed(
        target.id(), target.row().saved().settings(), update.saved().version(), made);
  }
}
