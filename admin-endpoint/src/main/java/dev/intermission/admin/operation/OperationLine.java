package dev.intermission.admin.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.intermission.admin.deployment.DeploymentResult;
import dev.intermission.api.store.Operation;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An operation in the form of an answer (contract section 10).
 *
 * @param state DONE or UNDONE
 * @param proxies those that the caller may see
 * @param deploymentResult only in the answer to the call that made it, and only if it deployed
 *     something
 */
record OperationLine(
    String id,
    String time,
    String username,
    String description,
    String state,
    @Nullable String undoes,
    @Nullable String undoneBy,
    List<Proxy> proxies,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable DeploymentResult deploymentResult) {

  /** A proxy that it changed. */
  record Proxy(String project, String name, List<Deployed> deploymentList) {}

  /** A deployment that it made. */
  record Deployed(
      String environmentName,
      long revision,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean success) {}

  /** Returns it with what the gateways did. */
  static OperationLine made(Operation operation, @Nullable DeploymentResult result) {
    return of(operation, project -> true, result);
  }

  /** Returns it as it was, with the proxies of the projects that the caller may see. */
  static OperationLine of(Operation operation, Predicate<String> projects) {
    return of(operation, projects, null);
  }

  private static OperationLine of(
      Operation operation, Predicate<String> projects, @Nullable DeploymentResult result) {
    return new OperationLine(
        operation.id(),
        operation.time().toString(),
        operation.username(),
        operation.description(),
        operation.undoneBy() == null ? "DONE" : "UNDONE",
        operation.undoes(),
        operation.undoneBy(),
        operation.proxies().stream()
            .filter(changed -> projects.test(changed.id().project()))
            .map(changed -> proxy(changed, result))
            .toList(),
        result);
  }

  private static Proxy proxy(Operation.Changed changed, @Nullable DeploymentResult result) {
    return new Proxy(
        changed.id().project(),
        changed.id().name(),
        changed.deployments().stream()
            .map(
                made ->
                    new Deployed(
                        made.environment(),
                        made.revision(),
                        result == null ? null : result.isSuccessfulIn(made.environment())))
            .toList());
  }
}
