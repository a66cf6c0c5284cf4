package dev.intermission.api.store;

import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import dev.intermission.api.store.SettingsStore.Update;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The changes of a proxy that can be tried out without being kept ({@link SettingsStore#tryOut}).
 */
public interface ProxyChanges {

  /** See {@link SettingsStore#update}. */
  Update update(
      ProxyId id,
      Function<SavedSettings, MaintenanceSettings> change,
      List<DeploymentRequest> deployTo,
      Author author);

  /** See {@link SettingsStore#undeploy(ProxyId, DeploymentRequest, Consumer, Author)}. */
  Optional<Deployment> undeploy(
      ProxyId id, DeploymentRequest request, Consumer<SavedSettings> condition, Author author);

  /** See {@link DeploymentHistory#rollBack(ProxyId, long, List, Consumer, Author)}. */
  Optional<Update> rollBack(
      ProxyId id,
      long revision,
      List<DeploymentRequest> deployTo,
      Consumer<SavedSettings> condition,
      Author author);
}
