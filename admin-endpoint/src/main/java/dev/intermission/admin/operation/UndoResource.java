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
import dev.intermission.api.ProxyId;
import dev.intermission.api.Right;
import dev.intermission.api.User;
import dev.intermission.api.store.DeploymentRequest;
import dev.intermission.api.store.Operation;
import dev.intermission.api.store.OperationStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes an operation back (contract section 10). */
final class UndoResource implements Resource {

  private static final String FORCE = "force";

  private final OperationAdmission admission;
  private final OperationStore operations;
  private final Deployments deployments;
  private final MadeOperations made;

  UndoResource(
      OperationAdmission admission,
      OperationStore operations,
      Deployments deployments,
      MadeOperations made) {
    this.admission = admission;
    this.operations = operations;
    this.deployments = deployments;
    this.made = made;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of("POST", this::undo);
  }

  private Reply undo(Call call) {
    User user = admission.changer(call);
    Query query = call.query(FORCE, DryRun.PARAMETER);
    boolean force = query.isSet(FORCE);
    boolean isDryRun = DryRun.isAsked(call, query);
    Operation operation =
        OperationAdmission.operation(
            operations, call, admission.ofProject() ? call.project()::equals : user::isMemberOf);
    List<String> projects =
        operation.proxies().stream().map(proxy -> proxy.id().project()).distinct().toList();
    if (!projects.stream().allMatch(user::isMemberOf)) {
      // Which others it has been made in is not told.
      throw Refusal.missing(Right.MANAGE);
    }
    admission.requireRights(user, projects);
    requireNothingIn(call.body());
    List<Warning> warnings = new ArrayList<>();
    OperationStore.UndoCheck check =
        (found, changedSince, restored, traces) -> {
          require(found, changedSince, force);
          requireReadable(restored);
          // It may be called more than once if transactions collide.
          warnings.clear();
          traces.forEach((id, environments) -> warnings.add(deployed(id, environments)));
        };
    Optional<Reply> reply =
        isDryRun
            ? operations
                .tryUndo(operation.id(), check, call.author())
                .map(trials -> made.replyToTrial(trials, warnings, true))
            : operations
                .undo(operation.id(), check, call.author())
                .map(undone -> made.reply(undone, warnings));
    return reply.orElseThrow(() -> Refusal.unknownOperation(operation.id()));
  }

  private static Warning deployed(ProxyId id, List<String> environments) {
    return new Warning(
        "SAVED_SETTINGS_DEPLOYED",
        "The trace settings of "
            + id
            + " that were saved before and not deployed in "
            + String.join(", ", environments)
            + " are deployed there with this undo.");
  }

  private static void require(
      Operation operation, List<Operation.Changed> changedSince, boolean force) {
    String undoneBy = operation.undoneBy();
    if (undoneBy != null) {
      throw Refusal.undoneAlready(operation.id(), undoneBy);
    }
    if (!force && !changedSince.isEmpty()) {
      throw Refusal.changedSince(
          operation.id(),
          changedSince.stream().map(Operation.Changed::id).map(ProxyId::toString).toList());
    }
  }

  private void requireReadable(List<Operation.Changed> restored) {
    ReadableByNodes readable = deployments.readableByNodes();
    for (Operation.Changed changed : restored) {
      for (Operation.InEnvironment deployment : changed.deployments()) {
        readable.require(
            changed.id(),
            deployment.before(),
            List.of(DeploymentRequest.to(deployment.environment())));
      }
    }
  }

  private static void requireNothingIn(Body body) {
    if (body.isEmpty()) {
      return;
    }
    body.mediaType(List.of("application/json"), Map.of());
    if (!body.json().members().isEmpty()) {
      throw Refusal.badRequest("An undo has no fields in its body");
    }
  }
}
