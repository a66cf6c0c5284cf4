package dev.intermission.api.store;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.MaintenanceSettings;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A change of many proxies at once.
 *
 * @param description kept with the operation and its deployments
 * @param projects where the proxies are
 * @param selection returns those to change of all proxies of these projects; an exception is passed
 *     on, and nothing is done
 * @param change what becomes of the settings of each
 * @param environments where to deploy those that are deployed there
 */
public record OperationRequest(
    String description,
    Set<String> projects,
    UnaryOperator<List<ApiProxy>> selection,
    SettingsChange change,
    Set<String> environments) {

  public OperationRequest {
    projects = Set.copyOf(projects);
    environments = Set.copyOf(environments);
  }

  /** What becomes of the settings of one proxy. */
  @FunctionalInterface
  public interface SettingsChange {

    /**
     * Returns the settings to save and to deploy; an exception is passed on, and nothing is done.
     */
    MaintenanceSettings of(Affected proxy);
  }

  /**
   * A proxy before the operation changes it.
   *
   * @param saved the saved settings
   * @param deployTo the environments in which the outcome will be deployed, by name
   * @param undeployed those of them in which other maintenance settings are in force than the saved
   *     ones
   * @param undeployedTraces those of them in which the same is true of trace settings
   */
  public record Affected(
      ApiProxy proxy,
      SavedSettings saved,
      List<String> deployTo,
      List<String> undeployed,
      List<String> undeployedTraces) {

    public Affected {
      deployTo = List.copyOf(deployTo);
      undeployed = List.copyOf(undeployed);
      undeployedTraces = List.copyOf(undeployedTraces);
    }
  }
}
