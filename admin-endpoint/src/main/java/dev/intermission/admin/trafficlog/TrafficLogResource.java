package dev.intermission.admin.trafficlog;

import dev.intermission.admin.access.Admission.Caller;
import dev.intermission.admin.http.Call;
import dev.intermission.admin.http.Preconditions;
import dev.intermission.admin.http.Reply;
import dev.intermission.admin.http.Resource;
import dev.intermission.api.ProxyId;
import dev.intermission.api.store.SavedTrafficLog;
import dev.intermission.api.trafficlog.TrafficLogSettings;
import dev.intermission.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What is logged of a proxy in one environment. */
final class TrafficLogResource implements Resource {

  private final TrafficLogs logs;

  TrafficLogResource(TrafficLogs logs) {
    this.logs = logs;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of("GET", this::read, "PUT", this::change);
  }

  private Reply read(Call call) {
    ProxyId id = logs.read(call);
    String environment = logs.requireEnvironment(call.environment());
    call.query();
    SavedTrafficLog saved = logs.saved(id).getOrDefault(environment, SavedTrafficLog.NONE);
    String etag = TrafficLogs.etag(saved);
    Reply reply =
        Preconditions.of(call).notModified(etag)
            ? Reply.empty(304)
            : Reply.ok(
                TrafficLogView.of(id, new TreeMap<>(Map.of(environment, saved)), logs, List.of()));
    return reply.with("ETag", etag);
  }

  private Reply change(Call call) {
    Caller caller = logs.change(call);
    String environment = logs.requireEnvironment(call.environment());
    call.query();
    JsonValue json = TrafficLogBody.json(call);
    SavedTrafficLog before =
        logs.saved(call.proxyId()).getOrDefault(environment, SavedTrafficLog.NONE);
    logs.requireExpressions(TrafficLogBody.merge(json, before.settings()).privacyDefinitions());
    TrafficLogs.Outcome outcome =
        logs.update(
            call,
            caller,
            Set.of(environment),
            (name, saved) -> {
              TrafficLogSettings merged = TrafficLogBody.merge(json, saved.settings());
              logs.requireNames(name, merged, saved.settings());
              return merged;
            });
    SavedTrafficLog saved = outcome.saved().getOrDefault(environment, SavedTrafficLog.NONE);
    return Reply.ok(TrafficLogView.of(call.proxyId(), outcome.saved(), logs, outcome.warnings()))
        .with("ETag", TrafficLogs.etag(saved))
        .changing(outcome.log());
  }
}
