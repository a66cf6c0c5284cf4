package dev.intermission.admin.deployment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.intermission.admin.access.Admission;
import dev.intermission.admin.access.Admission.Caller;
import dev.intermission.admin.change.Advice;
import dev.intermission.admin.change.DryRun;
import dev.intermission.admin.change.DryRuns;
import dev.intermission.admin.http.Body;
import dev.intermission.admin.http.Call;
import dev.intermission.admin.http.LoggedChange;
import dev.intermission.admin.http.Preconditions;
import dev.intermission.admin.http.Query;
import dev.intermission.admin.http.Refusal;
import dev.intermission.admin.http.Reply;
import dev.intermission.admin.http.Resource;
import dev.intermission.admin.http.Warning;
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
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Saves the settings of a record of the history again, and deploys them if the request asks for it
 * (contract section 4).
 */
public final class RollbackResource implements Resource {

  private static final String ENVIRONMENT = "environmentName";

  private final Admission admission;
  private final SettingsStore store;
  private final Deployments deployments;
  private final DryRuns dryRuns;
  private final Clock clock;

  public RollbackResource(
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
    return Map.of("POST", this::rollBack);
  }

  private Reply rollBack(Call call) {
    Caller caller = admission.holder(call, Right.MANAGE);
    ProxyId id = admission.proxy(call);
    long revision = call.revision();
    Query query = DryRun.query(call, ENVIRONMENT);
    Optional<String> environment = query.value(ENVIRONMENT);
    Optional<DryRun> dryRun = DryRun.of(call, query);
    if (environment.isPresent()) {
      caller.require(Right.DEPLOY_UNDEPLOY);
    }
    requireNothingIn(call.body());
    List<DeploymentRequest> deployTo =
        environment.stream()
            .map(name -> new DeploymentRequest(name, description(revision), false))
            .toList();
    Consumer<SavedSettings> condition = Preconditions.of(call)::requireForChange;
    Function<CheckedChanges, Update> change =
        changes -> changes.rollBack(id, revision, deployTo, condition, caller.author());
    if (dryRun.isPresent()) {
      Trial<List<Deployment>> trial =
          deployments.tryOut(id, changes -> change.apply(changes).deployments());
      return dryRuns.reply(
          dryRun.get(),
          id,
          trial,
          trial.outcome().isEmpty()
              ? List.of(ChangeText.rolledBack(id, revision, trial.after().saved().settings()))
              : trial.outcome().stream()
                  .map(made -> ChangeText.rolledBack(made, revision))
                  .toList());
    }
    Advice advice = Advice.before(id, store, clock);
    Update update = change.apply(deployments.changes());
    List<Warning> warnings = advice.on(update.saved().settings(), update.deployments());
    if (update.deployments().isEmpty()) {
      String what = ChangeText.rolledBack(id, revision, update.saved().settings());
      return Answer.saved(revision, warnings).changing(List.of(new LoggedChange(what)));
    }
    Deployed deployed = deployments.inForce(update.deployments());
    return Answer.deployed(revision, deployed.result(), warnings)
        .changing(deployed.changes(made -> ChangeText.rolledBack(made, revision)));
  }

  private static String description(long revision) {
    return "Rolled back to revision " + revision + " by APIOPS Api";
  }

  /** If a body were ignored, an environment named in it would silently get no deployment. */
  private static void requireNothingIn(Body body) {
    if (body.isEmpty()) {
      return;
    }
    body.mediaType(List.of("application/json"), Map.of());
    if (!body.json().members().isEmpty()) {
      throw Refusal.badRequest(
          "A rollback has no fields in its body; name the environment in the query, as in ?environmentName=production");
    }
  }

  private record Answer(
      String status,
      String resultMessage,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable DeploymentResult deploymentResult,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Warning> warnings) {

    static Reply saved(long revision, List<Warning> warnings) {
      return reply(toRevision(revision), null, warnings);
    }

    /** The settings are saved and in force, even if a gateway does not serve them yet. */
    static Reply deployed(long revision, DeploymentResult result, List<Warning> warnings) {
      return reply(
          result.success()
              ? toRevision(revision) + " Deployed to environment: " + result.environments()
              : "API Proxy rolled back successfully but deployment failed: " + result.failure(),
          result,
          result.with(warnings));
    }

    private static String toRevision(long revision) {
      return "API Proxy rolled back successfully to deploy history revision (" + revision + ").";
    }

    private static Reply reply(
        String text, @Nullable DeploymentResult result, List<Warning> warnings) {
      return Reply.ok(new Answer("SUCCESS", text, result, warnings));
    }
  }
}
