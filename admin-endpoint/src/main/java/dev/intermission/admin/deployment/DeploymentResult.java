package dev.intermission.admin.deployment;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.intermission.admin.http.Reply;
import dev.intermission.admin.http.Warning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The results of deployments as they are answered (contract section 2).
 *
 * @param success whether every live gateway of every environment took them
 * @param responseTime how long that took, or was waited for, in milliseconds
 * @param detailList one for each live gateway of each environment
 * @param deploymentResults one for each environment
 */
public record DeploymentResult(
    boolean success,
    long responseTime,
    List<AtGateway> detailList,
    List<InEnvironment> deploymentResults) {

  /** The result of the deployment at one gateway. */
  public record AtGateway(
      String envName,
      String podName,
      String podIp,
      boolean success,
      String detail,
      long responseTime) {}

  /** The result of the deployment in one environment. */
  public record InEnvironment(String environmentName, boolean success, String message) {}

  static DeploymentResult of(List<AtGateways> results, Duration elapsed) {
    return new DeploymentResult(
        results.stream().allMatch(result -> result.summary().success()),
        elapsed.toMillis(),
        results.stream().flatMap(result -> result.gateways().stream()).toList(),
        results.stream().map(AtGateways::summary).toList());
  }

  /**
   * Returns the answer to a change that was saved, with the results of its deployments if there
   * were any, and with warnings.
   */
  public static Reply reply(@Nullable DeploymentResult result, List<Warning> warnings) {
    String failure = result == null || result.success() ? null : result.failure();
    return Reply.ok(
        new Saved(
            "SUCCESS", true, failure, result, result == null ? warnings : result.with(warnings)));
  }

  /** Returns the warnings, and one for each environment where a gateway is behind. */
  List<Warning> with(List<Warning> warnings) {
    List<Warning> all = new ArrayList<>(warnings);
    detailList.stream()
        .filter(gateway -> !gateway.success())
        .collect(
            groupingBy(
                AtGateway::envName, TreeMap::new, mapping(AtGateway::podName, joining(", "))))
        .forEach(
            (environment, names) ->
                all.add(
                    new Warning(
                        "GATEWAYS_BEHIND",
                        "Gateways of "
                            + environment
                            + " did not take it in time and will when they are back: "
                            + names
                            + ".")));
    return all;
  }

  /** Returns whether every live gateway of the environment took what was deployed there. */
  public boolean isSuccessfulIn(String environment) {
    return deploymentResults.stream()
        .anyMatch(result -> result.environmentName().equals(environment) && result.success());
  }

  /** Returns in a sentence for people where the deployment failed, and why. */
  String failure() {
    return deploymentResults.stream()
        .filter(result -> !result.success())
        .map(result -> result.environmentName() + ": " + result.message())
        .collect(Collectors.joining("; "));
  }

  /** Returns the names of the environments, separated by commas. */
  String environments() {
    return deploymentResults.stream()
        .map(InEnvironment::environmentName)
        .collect(Collectors.joining(", "));
  }

  private record Saved(
      String status,
      boolean success,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String resultMessage,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable DeploymentResult deploymentResult,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Warning> warnings) {}
}
