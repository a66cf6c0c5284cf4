package dev.intermission.admin.deployment;

import dev.intermission.admin.http.Refusal;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import dev.intermission.api.store.Author;
import dev.intermission.api.store.Deployment;
import dev.intermission.api.store.DeploymentHistory;
import dev.intermission.api.store.DeploymentRequest;
import dev.intermission.api.store.ProxyChanges;
import dev.intermission.api.store.SavedSettings;
import dev.intermission.api.store.SettingsStore;
import dev.intermission.api.store.UnknownEnvironmentException;
import dev.intermission.api.store.UnknownProxyException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The changes of proxies as the contract allows them, with its refusals. The same for changes that
 * are kept and for those that are only tried.
 */
public final class CheckedChanges {

  private final ProxyChanges changes;
  private final DeploymentHistory history;
  private final ReadableByNodes readable;

  CheckedChanges(ProxyChanges changes, DeploymentHistory history, ReadableByNodes readable) {
    this.changes = changes;
    this.history = history;
    this.readable = readable;
  }

  /**
   * Changes the saved settings and deploys them to these environments, or changes nothing.
   *
   * @param change as for {@link SettingsStore#update}; its exceptions are passed on
   * @param condition is called with the settings saved before, once nothing else is against the
   *     change; its exceptions are passed on
   * @throws Refusal if there is no such proxy or environment, or a live gateway can't read the
   *     settings
   */
  public SettingsStore.Update update(
      ProxyId id,
      Function<SavedSettings, MaintenanceSettings> change,
      Consumer<SavedSettings> condition,
      List<DeploymentRequest> deployTo,
      Author author) {
    try {
      return changes.update(id, checked(id, change, condition, deployTo), deployTo, author);
    } catch (UnknownEnvironmentException e) {
      throw Refusal.notDeployable(id.name(), e.environment());
    } catch (UnknownProxyException e) {
      throw Refusal.unknownProxy(id.name());
    }
  }

  /**
   * Deploys the saved settings, like {@link #update}.
   *
   * @param condition is called with them; its exceptions are passed on
   */
  SettingsStore.Update deploy(
      ProxyId id, DeploymentRequest request, Consumer<SavedSettings> condition, Author author) {
    List<DeploymentRequest> deployTo = List.of(request);
    try {
      return changes.update(
          id, checked(id, SavedSettings::settings, condition, deployTo), deployTo, author);
    } catch (UnknownEnvironmentException | UnknownProxyException e) {
      throw Refusal.notDeployable(id.name(), request.environment());
    }
  }

  private Function<SavedSettings, MaintenanceSettings> checked(
      ProxyId id,
      Function<SavedSettings, MaintenanceSettings> change,
      Consumer<SavedSettings> condition,
      List<DeploymentRequest> deployTo) {
    return saved -> {
      MaintenanceSettings settings = change.apply(saved);
      readable.require(id, settings, deployTo);
      condition.accept(saved);
      return settings;
    };
  }

  /**
   * Takes the proxy out of the environment.
   *
   * @param condition is called with the saved settings; its exceptions are passed on
   * @throws Refusal if there is no such proxy or environment, or it is not deployed there
   */
  Deployment undeploy(
      ProxyId id, DeploymentRequest request, Consumer<SavedSettings> condition, Author author) {
    try {
      Optional<Deployment> undeployed = changes.undeploy(id, request, condition, author);
      return undeployed.orElseThrow(() -> Refusal.notDeployed(id.name(), request.environment()));
    } catch (UnknownEnvironmentException | UnknownProxyException e) {
      throw Refusal.notDeployable(id.name(), request.environment());
    }
  }

  /**
   * Saves the settings of a record again, and deploys them to these environments.
   *
   * @param condition is called with the saved settings; its exceptions are passed on
   * @throws Refusal if there is no such proxy, record or environment, or a live gateway can't read
   *     the settings
   */
  SettingsStore.Update rollBack(
      ProxyId id,
      long revision,
      List<DeploymentRequest> deployTo,
      Consumer<SavedSettings> condition,
      Author author) {
    // What a record holds never changes, so this holds for what is read again below.
    history
        .deployment(id, revision)
        .ifPresent(record -> readable.require(id, record.settings(), deployTo));
    try {
      return changes
          .rollBack(id, revision, deployTo, condition, author)
          .orElseThrow(() -> Refusal.unknownRevision(id.name(), revision));
    } catch (UnknownEnvironmentException e) {
      throw Refusal.rollbackFailed(revision, id.name(), e.environment());
    } catch (UnknownProxyException e) {
      throw Refusal.unknownProxyWithName(id.name());
    }
  }
}
