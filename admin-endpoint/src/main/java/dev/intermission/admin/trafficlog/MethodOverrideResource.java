package dev.intermission.admin.trafficlog;

import dev.intermission.admin.access.Admission.Caller;
import dev.intermission.admin.http.Call;
import dev.intermission.admin.http.Preconditions;
import dev.intermission.admin.http.Refusal;
import dev.intermission.admin.http.Reply;
import dev.intermission.admin.http.Resource;
import dev.intermission.api.store.SavedTrafficLog;
import dev.intermission.api.trafficlog.ConnectorLogSettings;
import dev.intermission.api.trafficlog.MethodLogOverride;
import dev.intermission.api.trafficlog.TrafficLogSettings;
import dev.intermission.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** What of one method's requests is logged in another way to a connection. */
final class MethodOverrideResource implements Resource {

  private static final String METHOD = "methodName";

  private final TrafficLogs logs;

  MethodOverrideResource(TrafficLogs logs) {
    this.logs = logs;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of("PUT", this::put, "DELETE", this::delete);
  }

  private Reply put(Call call) {
    Caller caller = logs.change(call);
    String environment = logs.requireEnvironment(call.environment());
    String method = method(call);
    JsonValue json = TrafficLogBody.json(call);
    ConnectorLogSettings settings = TrafficLogBody.connector(json);
    if (settings.privacyDefinitions() != null) {
      logs.requireExpressions(settings.privacyDefinitions().stream());
    }
    return change(
        call,
        caller,
        environment,
        (name, saved) -> {
          if (!saved.exists()) {
            throw Refusal.noTrafficLogSettings();
          }
          TrafficLogSettings before = saved.settings();
          TrafficLogSettings changed =
              before.withOverride(
                  method, name, KeptPrivacy.ofMethod(settings, before.override(method, name)));
          logs.requireNames(environment, changed, before);
          return changed;
        });
  }

  private Reply delete(Call call) {
    Caller caller = logs.change(call);
    String environment = logs.requireEnvironment(call.environment());
    String method = method(call);
    if (!call.body().isEmpty()) {
      throw Refusal.badRequest("A deletion of an override has no body");
    }
    if (!logs.saved(call.proxyId()).containsKey(environment)) {
      logs.connections(environment).name(call.name("connector"), TrafficLogSettings.DEFAULT);
      Preconditions.of(call).requireForChange(TrafficLogs.etag(SavedTrafficLog.NONE));
      return Reply.ok(new TrafficLogView.Done("SUCCESS", List.of()))
          .with("ETag", TrafficLogs.etag(SavedTrafficLog.NONE))
          .noting("there was nothing to delete");
    }
    return change(
        call,
        caller,
        environment,
        (name, saved) -> saved.settings().withOverride(method, name, null));
  }

  /** Makes a change that takes the connection's name, and what is saved. */
  private Reply change(
      Call call,
      Caller caller,
      String environment,
      BiFunction<String, SavedTrafficLog, TrafficLogSettings> change) {
    String connector = call.name("connector");
    TrafficLogs.Outcome outcome =
        logs.update(
            call,
            caller,
            Set.of(environment),
            (it, saved) ->
                change.apply(
                    logs.connections(environment).name(connector, saved.settings()), saved));
    return Reply.ok(new TrafficLogView.Done("SUCCESS", outcome.warnings()))
        .with(
            "ETag",
            TrafficLogs.etag(outcome.saved().getOrDefault(environment, SavedTrafficLog.NONE)))
        .changing(outcome.log());
  }

  private static String method(Call call) {
    String name =
        call.query(METHOD)
            .value(METHOD)
            .orElseThrow(
                () ->
                    Refusal.badRequest(
                        "The query lacks methodName; allowed is a method such as GET, or ALL"));
    if (!MethodLogOverride.isKnown(name)) {
      throw Refusal.unknownMethod(name);
    }
    return MethodLogOverride.method(name);
  }
}
