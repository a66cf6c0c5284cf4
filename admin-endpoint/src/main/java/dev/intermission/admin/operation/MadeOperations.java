package dev.intermission.admin.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.intermission.admin.change.DryRuns;
import dev.intermission.admin.deployment.DeploymentResult;
import dev.intermission.admin.deployment.Deployments;
import dev.intermission.admin.http.LoggedChange;
import dev.intermission.admin.http.Reply;
import dev.intermission.admin.http.Warning;
import dev.intermission.api.store.Operation;
import dev.intermission.api.store.Trial;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Waits for the gateways after an operation was committed, and answers with what they did. */
final class MadeOperations {

  private static final int NAMED = 10;

  private final Deployments deployments;
  private final DryRuns dryRuns;

  MadeOperations(Deployments deployments, DryRuns dryRuns) {
    this.deployments = deployments;
    this.dryRuns = dryRuns;
  }

  /** Answers a dry run, which there is nothing to wait for. */
  Reply replyToTrial(
      List<Trial<Operation.Changed>> trials, List<Warning> warnings, boolean takesBack) {
    return dryRuns.reply(
        trials,
        warnings,
        String.format(
            Locale.ROOT,
            "%s %d API proxies: %s",
            takesBack ? "taken back" : "changed",
            trials.size(),
            names(trials.stream().map(Trial::outcome).toList())));
  }

  Reply reply(Operation operation, List<Warning> warnings) {
    SortedMap<String, Long> versions = new TreeMap<>();
    for (Operation.Changed changed : operation.proxies()) {
      changed
          .deployments()
          .forEach(made -> versions.put(made.environment(), made.environmentVersion()));
    }
    DeploymentResult result = versions.isEmpty() ? null : deployments.inForce(versions);
    return Reply.ok(
            new Answer(
                "SUCCESS", true, List.of(OperationLine.made(operation, result)), 1, warnings))
        .changing(List.of(new LoggedChange(text(operation, versions.keySet().stream().toList()))));
  }

  private static String text(Operation operation, List<String> environments) {
    return String.format(
        Locale.ROOT,
        "%s %d API proxies %s by the operation %s: %s",
        operation.undoes() == null ? "changed" : "took back",
        operation.proxies().size(),
        environments.isEmpty()
            ? "without deploying them"
            : "and deployed them in " + String.join(", ", environments),
        operation.id(),
        names(operation.proxies()));
  }

  private static String names(List<Operation.Changed> proxies) {
    String names =
        proxies.stream()
            .limit(NAMED)
            .map(changed -> changed.id().toString())
            .collect(Collectors.joining(", "));
    return proxies.size() > NAMED ? names + " and " + (proxies.size() - NAMED) + " more" : names;
  }

  private record Answer(
      String status,
      boolean success,
      List<OperationLine> resultList,
      int resultCount,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Warning> warnings) {}
}
