package dev.intermission.admin.change;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.intermission.admin.http.Warning;
import dev.intermission.api.store.Operation;
import dev.intermission.api.store.Trial;
import java.time.Instant;
import java.util.List;

/**
 * What an operation would do, as it is answered (contract section 10).
 *
 * @param resultList empty, since there is no operation
 * @param proxies what would change of each
 * @param nodes the live gateways that would have to take it
 */
record OperationReport(
    String status,
    boolean success,
    String resultMessage,
    boolean dryRun,
    List<Object> resultList,
    int resultCount,
    List<Proxy> proxies,
    List<DryRunReport.TakingNode> nodes,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Warning> warnings) {

  /** What would change of one proxy, in the form of its own dry run. */
  record Proxy(
      String project, String name, List<FieldChange> saved, List<DryRunReport.InForce> inForce) {

    static Proxy of(Trial<Operation.Changed> trial, Instant now) {
      return new Proxy(
          trial.outcome().id().project(),
          trial.outcome().id().name(),
          FieldChange.between(trial.before().saved().settings(), trial.after().saved().settings()),
          DryRuns.inForce(
              trial,
              trial.outcome().deployments().stream()
                  .collect(
                      toMap(
                          Operation.InEnvironment::environment, Operation.InEnvironment::revision)),
              now));
    }
  }
}
