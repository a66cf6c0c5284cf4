package dev.intermission.store;

import dev.intermission.api.ProxyId;
import dev.intermission.api.store.Deployment;
import dev.intermission.api.store.DeploymentRequest;
import dev.intermission.api.store.SavedSettings;
import dev.intermission.api.store.SettingsStore.Update;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A target on its way: what is saved of its proxy, and what was deployed. */
final class Put {

  private final Target target;
  private final List<Deployment> deployments = new ArrayList<>();
  private SavedSettings saved;

  Put(Target target) {
    this.target = target;
    saved = target.row().saved();
  }

  ProxyId id() {
    return target.id();
  }

  boolean has(int step) {
    return step < target.steps().size();
  }

  /** Takes the settings of a step; returns whether they are others than those before. */
  boolean save(int step) {
    boolean isOther = !target.steps().get(step).settings().equals(saved.settings());
    if (isOther) {
      saved = new SavedSettings(target.steps().get(step).settings(), saved.version() + 1);
    }
    return isOther;
  }

  SavedSettings saved() {
    return saved;
  }

  @Nullable DeploymentRequest request(int step) {
    return target.steps().get(step).deployTo();
  }

  long nextRevision() {
    return target.row().lastRevision() + deployments.size() + 1;
  }

  void deployed(Deployment deployment) {
    deployments.add(deployment);
  }

  Update update() {
    return new Update(saved, deployments);
  }
}
