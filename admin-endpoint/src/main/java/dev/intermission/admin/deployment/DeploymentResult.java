package dev.intermission.admin.deployment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.intermission.admin.http.Reply;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The results of deployments as they are answered (contract section 2).
 *
 * @param success whether every environment took them
 * @param deploymentResults one for each environment
 */
public record DeploymentResult(boolean success, List<InEnvironment> deploymentResults) {

  /** The result of the deployment in one environment. */
  public record InEnvironment(String environmentName, boolean success, String message) {}

  public static DeploymentResult of(List<InEnvironment> results) {
    return new DeploymentResult(
        results.stream().allMatch(InEnvironment::success), List.copyOf(results));
  }

  /**
   * Returns the answer to a change that was saved, with the results of its deployments if there
   * were any.
   */
  public static Reply reply(@Nullable DeploymentResult result) {
    return Reply.ok(new Saved(true, result));
  }

  /** Returns the results as a text for people. */
  public String summary() {
    return deploymentResults.stream()
        .map(result -> result.environmentName() + ": " + result.message())
        .collect(Collectors.joining("; "));
  }

  private record Saved(
      boolean success,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable DeploymentResult deploymentResult) {}
}
