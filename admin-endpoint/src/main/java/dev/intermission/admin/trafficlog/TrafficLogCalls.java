package dev.intermission.admin.trafficlog;

import dev.intermission.admin.access.Admission;
import dev.intermission.admin.deployment.Deployments;
import dev.intermission.admin.http.Reply;
import dev.intermission.admin.http.Resource;
import dev.intermission.api.ProxyId;
import dev.intermission.api.store.SettingsStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The calls about what of an API's traffic is logged (contract section 11). */
public record TrafficLogCalls(
    Admission admission, SettingsStore store, Deployments deployments, LogConnections connections) {

  /** Returns the resource at each path below that of a proxy. */
  public Map<String, Resource> resources(String proxy) {
    TrafficLogs logs = new TrafficLogs(admission, store, deployments, connections);
    String settings = proxy + "/trafficLogSettings";
    String environment = settings + "/{environment}";
    Map<String, Resource> resources = new LinkedHashMap<>();
    resources.put(settings, allOf(logs));
    resources.put(environment, new TrafficLogResource(logs));
    resources.put(
        environment + "/connectors/{connector}/methodOverride", new MethodOverrideResource(logs));
    resources.put(proxy + "/settings/traffic-log", new TrafficLogPatchResource(logs));
    return resources;
  }

  private static Resource allOf(TrafficLogs logs) {
    return () ->
        Map.of(
            "GET",
            call -> {
              ProxyId id = logs.read(call);
              call.query();
              return Reply.ok(TrafficLogView.of(id, logs.saved(id), logs, List.of()));
            });
  }
}
