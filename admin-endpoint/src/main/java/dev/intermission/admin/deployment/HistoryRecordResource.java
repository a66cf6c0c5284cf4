package dev.intermission.admin.deployment;

import dev.intermission.admin.access.Admission;
import dev.intermission.admin.access.Admission.Caller;
import dev.intermission.admin.deployment.HistoryLine.InForce;
import dev.intermission.admin.http.Call;
import dev.intermission.admin.http.LoggedChange;
import dev.intermission.admin.http.Preconditions;
import dev.intermission.admin.http.Refusal;
import dev.intermission.admin.http.Reply;
import dev.intermission.admin.http.Resource;
import dev.intermission.api.ProxyId;
import dev.intermission.api.Right;
import dev.intermission.api.store.DeploymentHistory;
import dev.intermission.api.store.SettingsStore;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** One record of a proxy's deployments (contract section 4). */
public final class HistoryRecordResource implements Resource {

  private final Admission admission;
  private final DeploymentHistory history;
  private final SettingsStore store;
  private final Clock clock;

  public HistoryRecordResource(
      Admission admission, DeploymentHistory history, SettingsStore store, Clock clock) {
    this.admission = admission;
    this.history = history;
    this.store = store;
    this.clock = clock;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of("GET", this::read, "DELETE", this::delete);
  }

  private Reply read(Call call) {
    admission.member(call);
    ProxyId id = admission.proxy(call);
    long revision = call.revision();
    InForce inForce = InForce.of(store.status(id), clock.instant());
    return history
        .deployment(id, revision)
        .map(found -> Reply.ok(Reply.Results.of(List.of(HistoryLine.full(found, inForce)))))
        .orElseThrow(() -> Refusal.unknownRevision(id.name(), revision));
  }

  private Reply delete(Call call) {
    Caller caller = admission.holder(call, Right.MANAGE);
    ProxyId id = admission.proxy(call);
    long revision = call.revision();
    if (!call.body().isEmpty()) {
      throw Refusal.badRequest("A deletion has no body");
    }
    if (!history.delete(id, revision, Preconditions.of(call)::requireForChange, caller.author())) {
      throw Refusal.unknownRevision(id.name(), revision);
    }
    return Reply.ok(new Deleted("SUCCESS", "Deploy history record deleted successfully."))
        .changing(List.of(new LoggedChange(ChangeText.deleted(id, revision))));
  }

  private record Deleted(String status, String resultMessage) {}
}
