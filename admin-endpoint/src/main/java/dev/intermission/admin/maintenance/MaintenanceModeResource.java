package dev.intermission.admin.maintenance;

import dev.intermission.admin.access.Admission;
import dev.intermission.admin.access.Admission.Caller;
import dev.intermission.admin.deployment.ChangeText;
import dev.intermission.admin.deployment.Deployed;
import dev.intermission.admin.deployment.DeploymentResult;
import dev.intermission.admin.deployment.Deployments;
import dev.intermission.admin.http.Body;
import dev.intermission.admin.http.Call;
import dev.intermission.admin.http.LoggedChange;
import dev.intermission.admin.http.Preconditions;
import dev.intermission.admin.http.Refusal;
import dev.intermission.admin.http.Reply;
import dev.intermission.admin.http.Resource;
import dev.intermission.api.ProxyId;
import dev.intermission.api.Right;
import dev.intermission.api.store.DeploymentRequest;
import dev.intermission.api.store.SavedSettings;
import dev.intermission.api.store.SettingsStore;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Reads and changes the maintenance mode of a proxy (contract section 2). */
public final class MaintenanceModeResource implements Resource {

  private static final String JSON = "application/json";
  private static final String MERGE_PATCH = "application/merge-patch+json";

  private final Admission admission;
  private final SettingsStore store;
  private final Deployments deployments;
  private final int messageLimit;
  private final Clock clock;

  public MaintenanceModeResource(
      Admission admission,
      SettingsStore store,
      Deployments deployments,
      int messageLimit,
      Clock clock) {
    this.admission = admission;
    this.store = store;
    this.deployments = deployments;
    this.messageLimit = messageLimit;
    this.clock = clock;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of("GET", this::read, "PATCH", this::change);
  }

  @Override
  public List<String> patchTypes() {
    return List.of(JSON, MERGE_PATCH);
  }

  private Reply read(Call call) {
    admission.member(call);
    SavedSettings saved = saved(call.proxyId());
    String etag = Preconditions.etag(saved);
    Reply reply =
        Preconditions.of(call).notModified(etag)
            ? Reply.empty(304)
            : Reply.ok(Reply.Results.of(List.of(saved.settings())));
    return reply.with("ETag", etag);
  }

  private Reply change(Call call) {
    Caller caller = admission.holder(call, Right.MANAGE);
    ProxyId id = call.proxyId();
    SavedSettings before = saved(id);
    MaintenanceBody body = body(call);
    // All faults of the body are reported at once, before anything else is checked.
    body.applyTo(before.settings());
    List<DeploymentRequest> deployTo = body.deployments();
    if (!deployTo.isEmpty()) {
      caller.require(Right.DEPLOY_UNDEPLOY);
    }
    Preconditions preconditions = Preconditions.of(call);
    Deployments.Changed changed =
        deployments.change(
            id,
            saved -> {
              preconditions.requireForChange(saved);
              return body.applyTo(saved.settings());
            },
            deployTo,
            caller.author());
    Deployed deployed = changed.deployed();
    return DeploymentResult.reply(
            deployed == null ? null : deployed.result(), Warnings.of(changed.saved().settings()))
        .changing(
            deployed == null
                ? List.of(new LoggedChange(ChangeText.saved(id, changed.saved().settings())))
                : deployed.changes(ChangeText::closedOrOpened))
        .with("ETag", Preconditions.etag(changed.saved()));
  }

  private MaintenanceBody body(Call call) {
    Body body = call.body();
    String type = body.mediaType(patchTypes(), Map.of("Accept-Patch", acceptPatch()));
    return new MaintenanceBody(
        body.json(), type.equals(MERGE_PATCH), messageLimit, clock.instant());
  }

  private SavedSettings saved(ProxyId id) {
    return store.settings(id).orElseThrow(() -> Refusal.unknownProxy(id.name()));
  }
}
