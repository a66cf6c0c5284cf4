package dev.intermission.admin.trace;

import dev.intermission.admin.access.Admission;
import dev.intermission.admin.access.Admission.Caller;
import dev.intermission.admin.change.Advice;
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
import dev.intermission.admin.http.Warning;
import dev.intermission.api.ProxyId;
import dev.intermission.api.Right;
import dev.intermission.api.store.DeploymentRequest;
import dev.intermission.api.store.ProxyTrace;
import dev.intermission.api.store.SavedTrace;
import dev.intermission.api.store.SettingsStore;
import dev.intermission.api.store.SettingsStore.NewTrace;
import dev.intermission.api.store.SettingsStore.TraceUpdate;
import dev.intermission.api.trace.TraceSettings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Reads and changes which requests of a proxy are recorded (contract section 12). */
final class TraceSettingsResource implements Resource {

  private final Admission admission;
  private final SettingsStore store;
  private final Deployments deployments;
  private final Clock clock;

  TraceSettingsResource(
      Admission admission, SettingsStore store, Deployments deployments, Clock clock) {
    this.admission = admission;
    this.store = store;
    this.deployments = deployments;
    this.clock = clock;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of("GET", this::read, "PATCH", this::change);
  }

  @Override
  public List<String> patchTypes() {
    return List.of("application/json");
  }

  /** What is in force is not of the entity tag, so no answer is the same as before for sure. */
  private Reply read(Call call) {
    admission.member(call);
    ProxyId id = call.proxyId();
    ProxyTrace trace = trace(id);
    call.query();
    boolean redeployRequired =
        store.status(id).stream().anyMatch(status -> status.deployed() && status.tracePending());
    return Reply.ok(
            Reply.Results.of(
                List.of(TraceSettingsLine.of(trace, redeployRequired, clock.instant()))))
        .with("ETag", etag(trace.saved()));
  }

  private Reply change(Call call) {
    Caller caller = admission.holder(call, Right.MANAGE);
    ProxyId id = call.proxyId();
    ProxyTrace before = trace(id);
    call.query();
    TraceBody body = body(call);
    // All faults of the body are reported at once, before anything else is checked.
    body.applyTo(before.saved().settings());
    List<DeploymentRequest> deployTo = body.deployments();
    if (!deployTo.isEmpty()) {
      caller.require(Right.DEPLOY_UNDEPLOY);
    }
    Set<String> environments = store.environments();
    Preconditions conditions = Preconditions.of(call);
    Function<SavedTrace, NewTrace> change =
        saved -> {
          NewTrace changed = body.applyTo(saved.settings());
          String environment = body.required(changed.settings());
          if (environment != null && !environments.contains(environment)) {
            throw Refusal.unknownEnvironment(environment);
          }
          return changed;
        };
    Consumer<SavedTrace> condition = saved -> conditions.requireForChange(etag(saved));
    Advice advice = Advice.before(id, store, clock);
    TraceUpdate update = deployments.changeTrace(id, change, condition, deployTo, caller.author());
    TraceSettings settings = update.trace().saved().settings();
    List<Warning> warnings = new ArrayList<>(advice.onTrace(update.deployments()));
    warnings.addAll(TraceWarnings.of(update, body.enables(), clock.instant()));
    Deployed deployed =
        update.deployments().isEmpty() ? null : deployments.inForce(update.deployments());
    return DeploymentResult.reply(deployed == null ? null : deployed.result(), warnings)
        .changing(
            deployed == null
                ? List.of(new LoggedChange(TraceText.saved(id, settings)))
                : deployed.changes(made -> TraceText.deployed(made, settings)))
        .with("ETag", etag(update.trace().saved()));
  }

  private TraceBody body(Call call) {
    Body body = call.body();
    body.mediaType(patchTypes(), Map.of("Accept-Patch", acceptPatch()));
    return TraceBody.read(body.json());
  }

  private ProxyTrace trace(ProxyId id) {
    return store.trace(id).orElseThrow(() -> Refusal.unknownProxy(id.name()));
  }

  /** Returns the entity tag with which all calls about traces are compared. */
  static String etag(SavedTrace saved) {
    return "\"" + saved.version() + "\"";
  }
}
