package dev.intermission.admin.trafficlog;

import dev.intermission.admin.access.Admission.Caller;
import dev.intermission.admin.http.Call;
import dev.intermission.admin.http.Reply;
import dev.intermission.admin.http.Resource;
import dev.intermission.admin.http.Warning;
import dev.intermission.api.trafficlog.TrafficLogSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The call of the older generation, for several environments at once. */
final class TrafficLogPatchResource implements Resource {

  private final TrafficLogs logs;

  TrafficLogPatchResource(TrafficLogs logs) {
    this.logs = logs;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of("PATCH", this::patch);
  }

  @Override
  public List<String> patchTypes() {
    return List.of("application/json");
  }

  private Reply patch(Call call) {
    Caller caller = logs.change(call);
    call.query();
    TrafficLogPatch patch = TrafficLogPatch.read(TrafficLogBody.json(call));
    Map<String, TrafficLogPatch.Item> items = patch.items();
    items.keySet().forEach(logs::requireEnvironment);
    TrafficLogs.Outcome outcome =
        logs.update(
            call,
            caller,
            items.keySet(),
            (environment, saved) -> {
              TrafficLogSettings changed =
                  Objects.requireNonNull(items.get(environment))
                      .applyTo(saved.settings(), logs.connections(environment));
              logs.requireNames(environment, changed, saved.settings());
              return changed;
            });
    List<Warning> warnings = new ArrayList<>(patch.warnings());
    warnings.addAll(outcome.warnings());
    return Reply.ok(new TrafficLogView.Success("SUCCESS", true, warnings)).changing(outcome.log());
  }
}
