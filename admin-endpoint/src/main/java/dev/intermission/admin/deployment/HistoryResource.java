package dev.intermission.admin.deployment;

import dev.intermission.admin.access.Admission;
import dev.intermission.admin.http.Call;
import dev.intermission.admin.http.Reply;
import dev.intermission.admin.http.Resource;
import dev.intermission.api.ProxyId;
import dev.intermission.api.store.DeploymentHistory;
import java.util.Map;

/** The records of a proxy's deployments (contract section 4). */
public final class HistoryResource implements Resource {

  private final Admission admission;
  private final DeploymentHistory history;

  public HistoryResource(Admission admission, DeploymentHistory history) {
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
        Reply.Results.of(history.deployments(id).stream().map(HistoryLine::brief).toList()));
  }
}
