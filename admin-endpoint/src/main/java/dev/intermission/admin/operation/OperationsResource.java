package dev.intermission.admin.operation;

import dev.intermission.admin.change.DryRun;
import dev.intermission.admin.deployment.Deployments;
import dev.intermission.admin.deployment.ReadableByNodes;
import dev.intermission.admin.http.Body;
import dev.intermission.admin.http.Call;
import dev.intermission.admin.http.Query;
import dev.intermission.admin.http.Refusal;
import dev.intermission.admin.http.Reply;
import dev.intermission.admin.http.Resource;
import dev.intermission.admin.http.Warning;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import dev.intermission.api.User;
import dev.intermission.api.store.DeploymentRequest;
import dev.intermission.api.store.OperationRequest;
import dev.intermission.api.store.OperationRequest.Affected;
import dev.intermission.api.store.OperationStore;
import dev.intermission.api.store.UnknownEnvironmentException;
import dev.intermission.json.JsonValue;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Changes many proxies at once, and lists what was done so (contract section 10). */
final class OperationsResource implements Resource {

  private static final int DEFAULT_LIMIT = 20;
  private static final int HIGHEST_LIMIT = 100;

  private final OperationAdmission admission;
  private final OperationStore operations;
  private final Deployments deployments;
  private final MadeOperations made;
  private final int messageLimit;
  private final Clock clock;

  OperationsResource(
      OperationAdmission admission,
      OperationStore operations,
      Deployments deployments,
      MadeOperations made,
      int messageLimit,
      Clock clock) {
    this.admission = admission;
    this.operations = operations;
    this.deployments = deployments;
    this.made = made;
    this.messageLimit = messageLimit;
    this.clock = clock;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of("GET", this::list, "POST", this::operate);
  }

  private Reply list(Call call) {
    Predicate<String> projects = admission.reader(call);
    int limit = call.query(Query.LIMIT).limit(DEFAULT_LIMIT, HIGHEST_LIMIT);
    return Reply.ok(
        Reply.Results.of(
            operations.operations(projects, limit).stream()
                .map(operation -> OperationLine.of(operation, projects))
                .toList()));
  }

  private Reply operate(Call call) {
    User user = admission.changer(call);
    boolean isDryRun = DryRun.isAsked(call, call.query(DryRun.PARAMETER));
    Body sent = call.body();
    sent.mediaType(List.of("application/json"), Map.of());
    JsonValue json = sent.json();
    if (!admission.ofProject()) {
      // The rights come before everything else that may be wrong with the body.
      admission.requireRights(user, OperationBody.projects(json));
    }
    OperationBody body =
        OperationBody.read(json, admission.ofProject(), messageLimit, clock.instant());
    Set<String> projects =
        admission.ofProject() ? Set.of(call.project()) : new LinkedHashSet<>(body.projects());
    Set<Warning> warnings = new LinkedHashSet<>();
    ReadableByNodes readable = deployments.readableByNodes();
    OperationRequest request =
        new OperationRequest(
            body.description(),
            projects,
            body.selection(),
            proxy -> changed(body, proxy, readable, warnings),
            body.environments());
    try {
      return isDryRun
          ? made.replyToTrial(
              operations.tryOut(request, call.author()), List.copyOf(warnings), false)
          : made.reply(operations.operate(request, call.author()), List.copyOf(warnings));
    } catch (UnknownEnvironmentException e) {
      throw Refusal.unknownEnvironment(e.environment());
    }
  }

  private static MaintenanceSettings changed(
      OperationBody body, Affected proxy, ReadableByNodes readable, Set<Warning> warnings) {
    ProxyId id = proxy.proxy().id();
    MaintenanceSettings settings = body.applyTo(id, proxy.saved().settings());
    readable.require(id, settings, proxy.deployTo().stream().map(DeploymentRequest::to).toList());
    if (proxy.deployTo().isEmpty()) {
      warnings.add(
          new Warning(
              "NOT_DEPLOYED",
              "The settings of "
                  + id
                  + " are saved and not deployed, since it is deployed in none of the environments."));
    }
    deployed(id, "maintenance", proxy.undeployed(), warnings);
    deployed(id, "trace", proxy.undeployedTraces(), warnings);
    return settings;
  }

  /** Warns of settings of this kind that go with the operation. */
  private static void deployed(
      ProxyId id, String kind, List<String> environments, Set<Warning> warnings) {
    if (!environments.isEmpty()) {
      warnings.add(
          new Warning(
              "SAVED_SETTINGS_DEPLOYED",
              "The "
                  + kind
                  + " settings of "
                  + id
                  + " that were saved before and not deployed in "
                  + String.join(", ", environments)
                  + " are deployed there with this operation."));
    }
  }
}
