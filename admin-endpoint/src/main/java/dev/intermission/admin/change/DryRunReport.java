package dev.intermission.admin.change;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.intermission.admin.http.Warning;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a change would do, as it is answered (contract section 8).
 *
 * @param resultMessage says that nothing was changed
 * @param dryRun always true
 * @param saved what would change in the saved settings
 * @param inForce what would change in each environment where the proxy is deployed, or would be
 * @param paths the paths of the proxy
 * @param hosts its hosts, none for any
 * @param nodes the live gateways that would have to take it
 * @param passes whether the described request would pass
 * @param reason why it would, or null
 * @param response what it would be answered with, or null
 */
record DryRunReport(
    String status,
    boolean success,
    String resultMessage,
    boolean dryRun,
    List<FieldChange> saved,
    List<InForce> inForce,
    List<String> paths,
    List<String> hosts,
    List<TakingNode> nodes,
    Request request,
    boolean passes,
    @JsonInclude(JsonInclude.Include.NON_NULL) ResponsePreviews.@Nullable Reason reason,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ShownResponse response,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Warning> warnings) {

  /** A value that may change. */
  record Values<T>(@Nullable T before, @Nullable T after) {}

  /** What would change in an environment. */
  record InForce(
      String environment,
      Values<Boolean> deployed,
      Values<Boolean> closed,
      Values<Long> revision,
      Values<Boolean> redeployRequired,
      List<FieldChange> changes) {}

  /**
   * A live gateway.
   *
   * @param behind whether it does not serve yet what is in force now
   */
  record TakingNode(String environment, String name, boolean behind) {}

  /** The request that is described, with what was not said of it. */
  record Request(String method, String path) {}
}
