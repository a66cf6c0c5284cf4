package dev.intermission.admin.trace;

import dev.intermission.admin.access.Admission;
import dev.intermission.admin.access.Admission.Caller;
import dev.intermission.admin.http.Call;
import dev.intermission.admin.http.LoggedChange;
import dev.intermission.admin.http.Preconditions;
import dev.intermission.admin.http.Refusal;
import dev.intermission.admin.http.Reply;
import dev.intermission.admin.http.Resource;
import dev.intermission.api.ProxyId;
import dev.intermission.api.Right;
import dev.intermission.api.store.SavedTrace;
import dev.intermission.api.store.SettingsStore;
import dev.intermission.api.store.TraceStore;
import java.util.List;
import java.util.Map;

/** What was recorded of a proxy's requests (contract section 12). */
final class TracesResource implements Resource {

  private final Admission admission;
  private final SettingsStore settings;
  private final TraceStore traces;
  private final TracesReaders readers;
  private final TracesPruning pruning;

  TracesResource(
      Admission admission,
      SettingsStore settings,
      TraceStore traces,
      TracesReaders readers,
      TracesPruning pruning) {
    this.admission = admission;
    this.settings = settings;
    this.traces = traces;
    this.readers = readers;
    this.pruning = pruning;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of("GET", this::list, "DELETE", this::delete);
  }

  private Reply list(Call call) {
    Caller caller = admission.holder(call, Right.MANAGE);
    ProxyId id = admission.proxy(call);
    TracesQuery query = TracesQuery.of(call, settings::environments);
    TraceStore.Page page = traces.list(id, query.filter(), query.page(), query.size());
    readers.readList(id, query.text(), caller.author());
    return Reply.ok(TracesLine.Lines.of(page, query));
  }

  private Reply delete(Call call) {
    Caller caller = admission.holder(call, Right.MANAGE);
    ProxyId id = admission.proxy(call);
    call.query();
    if (!call.body().isEmpty()) {
      throw Refusal.badRequest("A deletion has no body");
    }
    Preconditions.of(call).requireForChange(TraceSettingsResource.etag(saved(id)));
    int deleted = traces.delete(id, caller.author());
    pruning.soon();
    return Reply.ok(new Deleted("SUCCESS", "Traces deleted successfully."))
        .changing(
            List.of(new LoggedChange("deleted the " + deleted + " recorded requests of " + id)));
  }

  private SavedTrace saved(ProxyId id) {
    return settings.trace(id).orElseThrow(() -> Refusal.unknownProxyWithName(id.name())).saved();
  }

  private record Deleted(String status, String resultMessage) {}
}
