package dev.intermission.admin.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.intermission.admin.deployment.DeploymentResult;
import dev.intermission.admin.deployment.Deployments;
import dev.intermission.admin.http.LoggedChange;
import dev.intermission.admin.http.Reply;
import dev.intermission.admin.http.Warning;
import dev.intermission.api.store.Operation;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Waits for the gateways after an operation was committed, and answers with what they did. */
final class MadeOperations {

  private static final int NAMED = 10;

  private final Deployments deployments;

  MadeOperations(Deployments deployments) {
    this.deployments = deployments;
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
    int proxies = operation.proxies().size();
    String names =
        operation.proxies().stream()
            .limit(NAMED)
            .map(changed -> changed.id().toString())
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "%s %d API proxies %s by the operation %s: %s%s",
        operation.undoes() == null ? "changed" : "took back",
        proxies,
        environments.isEmpty()
            ? "without deploying them"
            : "and deployed them in " + String.join(", ", environments),
        operation.id(),
        names,
        proxies > NAMED ? " and " + (proxies - NAMED) + " more" : "");
  }

  private record Answer(
      String status,
      boolean success,
      List<OperationLine> resultList,
      int resultCount,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Warning> warnings) {}
}
