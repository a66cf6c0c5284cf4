package dev.intermission.admin.deployment;

import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import dev.intermission.api.store.Author;
import dev.intermission.api.store.Deployment;
import dev.intermission.api.store.DeploymentHistory;
import dev.intermission.api.store.DeploymentRequest;
import dev.intermission.api.store.ProxyChanges;
import dev.intermission.api.store.SavedSettings;
import dev.intermission.api.store.SettingsStore;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The changes of proxies that are kept. */
record KeptChanges(SettingsStore store, DeploymentHistory history) implements ProxyChanges {

  @Override
  public SettingsStore.Update update(
      ProxyId id,
      Function<SavedSettings, MaintenanceSettings> change,
      List<DeploymentRequest> deployTo,
      Author author) {
    return store.update(id, change, deployTo, author);
  }

  @Override
  public Optional<Deployment> undeploy(
      ProxyId id, DeploymentRequest request, Consumer<SavedSettings> condition, Author author) {
    return store.undeploy(id, request, condition, author);
  }

  @Override
  public Optional<SettingsStore.Update> rollBack(
      ProxyId id,
      long revision,
      List<DeploymentRequest> deployTo,
      Consumer<SavedSettings> condition,
      Author author) {
    return history.rollBack(id, revision, deployTo, condition, author);
  }
}
