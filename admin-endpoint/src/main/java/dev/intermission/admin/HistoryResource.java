package dev.intermission.admin;

import dev.intermission.api.DeploymentHistory;
import dev.intermission.api.ProxyId;
import java.util.Map;

/** The records of a proxy's deployments (contract section 4). */
final class HistoryResource implements Resource {

  private final Admission admission;
  private final DeploymentHistory history;

  HistoryResource(Admission admission, DeploymentHistory history) {
    this.admission = admission;
    this.history = history;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of("GET", this::list);
  }

  private Reply list(Call call) {
    admission.member(call);
    ProxyId id = admission.proxy(call);
    return Reply.ok(
        Reply.StatusResults.of(history.deployments(id).stream().map(HistoryLine::brief).toList()));
  }
}
