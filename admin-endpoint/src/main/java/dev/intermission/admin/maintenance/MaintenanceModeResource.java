package dev.intermission.admin.maintenance;

import dev.intermission.admin.access.Admission;
import dev.intermission.admin.access.Admission.Caller;
import dev.intermission.admin.change.Advice;
import dev.intermission.admin.change.DryRun;
import dev.intermission.admin.change.DryRuns;
import dev.intermission.admin.deployment.ChangeText;
import dev.intermission.admin.deployment.CheckedChanges;
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
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import dev.intermission.api.Right;
import dev.intermission.api.store.Deployment;
import dev.intermission.api.store.DeploymentRequest;
import dev.intermission.api.store.SavedSettings;
import dev.intermission.api.store.SettingsStore;
import dev.intermission.api.store.SettingsStore.Update;
import dev.intermission.api.store.Trial;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads and changes the maintenance mode of a proxy (contract section 2). */
public final class MaintenanceModeResource implements Resource {

  private static final String JSON = "application/json";
  private static final String MERGE_PATCH = "application/merge-patch+json";

  private final Admission admission;
  private final SettingsStore store;
  private final Deployments deployments;
  private final DryRuns dryRuns;
  private final int messageLimit;
  private final Clock clock;

  public MaintenanceModeResource(
      Admission admission,
      SettingsStore store,
      Deployments deployments,
      DryRuns dryRuns,
      int messageLimit,
      Clock clock) {
    this.admission = admission;
    this.store = store;
    this.deployments = deployments;
    this.dryRuns = dryRuns;
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
    Optional<DryRun> dryRun = DryRun.of(call, DryRun.query(call));
    MaintenanceBody body = body(call);
    // All faults of the body are reported at once, before anything else is checked.
    body.applyTo(before.settings());
    List<DeploymentRequest> deployTo = body.deployments();
    if (!deployTo.isEmpty()) {
      caller.require(Right.DEPLOY_UNDEPLOY);
    }
    Preconditions preconditions = Preconditions.of(call);
    Function<CheckedChanges, Update> change =
        changes ->
            changes.update(
                id,
                saved -> body.applyTo(saved.settings()),
                preconditions::requireForChange,
                deployTo,
                caller.author());
    if (dryRun.isPresent()) {
      Trial<List<Deployment>> trial =
          deployments.tryOut(id, changes -> change.apply(changes).deployments());
      return dryRuns.reply(
          dryRun.get(),
          id,
          trial,
          trial.outcome().isEmpty()
              ? List.of(ChangeText.saved(id, trial.after().saved().settings()))
              : trial.outcome().stream().map(ChangeText::closedOrOpened).toList());
    }
    Advice advice = Advice.before(id, store, clock);
    Update update = change.apply(deployments.changes());
    MaintenanceSettings settings = update.saved().settings();
    Deployed deployed =
        update.deployments().isEmpty() ? null : deployments.inForce(update.deployments());
    return DeploymentResult.reply(
            deployed == null ? null : deployed.result(), advice.on(settings, update.deployments()))
        .changing(
            deployed == null
                ? List.of(new LoggedChange(ChangeText.saved(id, settings)))
                : deployed.changes(ChangeText::closedOrOpened))
        .with("ETag", Preconditions.etag(update.saved()));
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
