package dev.intermission.admin.deployment;

import dev.intermission.admin.access.Admission;
import dev.intermission.admin.deployment.HistoryLine.InForce;
import dev.intermission.admin.http.Call;
import dev.intermission.admin.http.Reply;
import dev.intermission.admin.http.Resource;
import dev.intermission.api.ProxyId;
import dev.intermission.api.store.DeploymentHistory;
import dev.intermission.api.store.SettingsStore;
import java.time.Clock;
import java.util.Map;

/** The records of a proxy's deployments (contract section 4). */
public final class HistoryResource implements Resource {

  private final Admission admission;
  private final DeploymentHistory history;
  private final SettingsStore store;
  private final Clock clock;

  public HistoryResource(
      Admission admission, DeploymentHistory history, SettingsStore store, Clock clock) {
    this.admission = admission;
    this.history = history;
    this.store = store;
    this.clock = clock;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of("GET", this::list);
  }

  private Reply list(Call call) {
    admission.member(call);
    ProxyId id = admission.proxy(call);
    InForce inForce = InForce.of(store.status(id), clock.instant());
    return Reply.ok(
        Reply.Results.of(
            history.deployments(id).stream()
                .map(record -> HistoryLine.brief(record, inForce))
                .toList()));
  }
}
