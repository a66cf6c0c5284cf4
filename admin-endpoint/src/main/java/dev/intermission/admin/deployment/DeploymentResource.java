package dev.intermission.admin.deployment;

import dev.intermission.admin.access.Admission;
import dev.intermission.admin.access.Admission.Caller;
import dev.intermission.admin.change.Advice;
import dev.intermission.admin.change.DryRun;
import dev.intermission.admin.change.DryRuns;
import dev.intermission.admin.http.Body;
import dev.intermission.admin.http.Call;
import dev.intermission.admin.http.Preconditions;
import dev.intermission.admin.http.Refusal;
import dev.intermission.admin.http.Reply;
import dev.intermission.admin.http.Resource;
import dev.intermission.api.ProxyId;
import dev.intermission.api.Right;
import dev.intermission.api.store.Deployment;
import dev.intermission.api.store.DeploymentRequest;
import dev.intermission.api.store.SavedSettings;
import dev.intermission.api.store.SettingsStore;
import dev.intermission.api.store.Trial;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A proxy in one environment: POST deploys the saved settings, DELETE undeploys (contract section
 * 4).
 */
public final class DeploymentResource implements Resource {

  private final Admission admission;
  private final SettingsStore store;
  private final Deployments deployments;
  private final DryRuns dryRuns;
  private final Clock clock;

  public DeploymentResource(
      Admission admission,
      SettingsStore store,
      Deployments deployments,
      DryRuns dryRuns,
      Clock clock) {
    this.admission = admission;
    this.store = store;
    this.deployments = deployments;
    this.dryRuns = dryRuns;
    this.clock = clock;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of("POST", this::deploy, "DELETE", this::undeploy);
  }

  private Reply deploy(Call call) {
    Caller caller = admission.holder(call, Right.DEPLOY_UNDEPLOY);
    requireTarget(call);
    Optional<DryRun> dryRun = DryRun.of(call, DryRun.query(call));
    DeploymentRequest request = request(call, DeploymentRequest.DEPLOYED);
    Consumer<SavedSettings> condition = Preconditions.of(call)::requireForChange;
    Function<CheckedChanges, List<Deployment>> deploy =
        changes ->
            changes.deploy(call.proxyId(), request, condition, caller.author()).deployments();
    if (dryRun.isPresent()) {
      return tried(call, dryRun.get(), deploy, ChangeText::deployed);
    }
    Advice advice = Advice.before(call.proxyId(), store, clock);
    List<Deployment> made = deploy.apply(deployments.changes());
    Deployed deployed = deployments.inForce(made);
    return DeploymentResult.reply(deployed.result(), advice.on(made.get(0).settings(), made))
        .changing(deployed.changes(ChangeText::deployed));
  }

  private Reply undeploy(Call call) {
    Caller caller = admission.holder(call, Right.DEPLOY_UNDEPLOY);
    requireTarget(call);
    Optional<DryRun> dryRun = DryRun.of(call, DryRun.query(call));
    DeploymentRequest request = request(call, DeploymentRequest.UNDEPLOYED);
    Consumer<SavedSettings> condition = Preconditions.of(call)::requireForChange;
    Function<CheckedChanges, List<Deployment>> undeploy =
        changes -> List.of(changes.undeploy(call.proxyId(), request, condition, caller.author()));
    if (dryRun.isPresent()) {
      return tried(call, dryRun.get(), undeploy, ChangeText::undeployed);
    }
    Deployed undeployed = deployments.inForce(undeploy.apply(deployments.changes()));
    return DeploymentResult.reply(undeployed.result(), List.of())
        .changing(undeployed.changes(ChangeText::undeployed));
  }

  private Reply tried(
      Call call,
      DryRun dryRun,
      Function<CheckedChanges, List<Deployment>> change,
      Function<Deployment, String> words) {
    ProxyId id = call.proxyId();
    Trial<List<Deployment>> trial = deployments.tryOut(id, change);
    return dryRuns.reply(dryRun, id, trial, trial.outcome().stream().map(words).toList());
  }

  private static DeploymentRequest request(Call call, String description) {
    Body body = call.body();
    if (body.isEmpty()) {
      return new DeploymentRequest(call.environment(), description, false);
    }
    body.mediaType(List.of("application/json"), Map.of());
    return DeployBody.read(body.json(), description).to(call.environment());
  }

  private void requireTarget(Call call) {
    ProxyId id = call.proxyId();
    if (store.proxy(id).isEmpty() || !store.environments().contains(call.environment())) {
      throw Refusal.notDeployable(id.name(), call.environment());
    }
  }
}
