package dev.intermission.admin.deployment;

import dev.intermission.admin.access.Admission;
import dev.intermission.admin.access.Admission.Caller;
import dev.intermission.admin.http.Body;
import dev.intermission.admin.http.Call;
import dev.intermission.admin.http.Preconditions;
import dev.intermission.admin.http.Refusal;
import dev.intermission.admin.http.Reply;
import dev.intermission.admin.http.Resource;
import dev.intermission.api.ProxyId;
import dev.intermission.api.Right;
import dev.intermission.api.store.DeploymentRequest;
import dev.intermission.api.store.SettingsStore;
import java.util.List;
import java.util.Map;

/**
 * A proxy in one environment: POST deploys the saved settings, DELETE undeploys (contract section
 * 4).
 */
public final class DeploymentResource implements Resource {

  private final Admission admission;
  private final SettingsStore store;
  private final Deployments deployments;

  public DeploymentResource(Admission admission, SettingsStore store, Deployments deployments) {
    this.admission = admission;
    this.store = store;
    this.deployments = deployments;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of("POST", this::deploy, "DELETE", this::undeploy);
  }

  private Reply deploy(Call call) {
    Caller caller = admission.holder(call, Right.DEPLOY_UNDEPLOY);
    requireTarget(call);
    DeploymentRequest request = request(call, DeploymentRequest.DEPLOYED);
    Deployed deployed =
        deployments.deploy(
            call.proxyId(), request, Preconditions.of(call)::requireForChange, caller.author());
    return DeploymentResult.reply(deployed.result(), List.of())
        .changing(deployed.changes(ChangeText::deployed));
  }

  private Reply undeploy(Call call) {
    Caller caller = admission.holder(call, Right.DEPLOY_UNDEPLOY);
    requireTarget(call);
    DeploymentRequest request = request(call, DeploymentRequest.UNDEPLOYED);
    Deployed undeployed =
        deployments.undeploy(
            call.proxyId(), request, Preconditions.of(call)::requireForChange, caller.author());
    return DeploymentResult.reply(undeployed.result(), List.of())
        .changing(undeployed.changes(ChangeText::undeployed));
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
