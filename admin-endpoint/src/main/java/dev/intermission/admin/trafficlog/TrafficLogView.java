package dev.intermission.admin.trafficlog;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermission.admin.http.ReplyJson;
import dev.intermission.admin.http.Warning;
import dev.intermission.api.ProxyId;
import dev.intermission.api.store.SavedTrafficLog;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The settings of traffic logs as answers have them. */
final class TrafficLogView {

  private TrafficLogView() {}

  /** An answer with settings. */
  record Results(
      String status,
      List<ObjectNode> resultList,
      int resultCount,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Warning> warnings) {}

  /** An answer to a change of an override. */
  record Done(String status, @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Warning> warnings) {}

  /** An answer of the older generation. */
  record Success(
      String status,
      boolean success,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Warning> warnings) {}

  static Results of(
      ProxyId id,
      SortedMap<String, SavedTrafficLog> saved,
      TrafficLogs logs,
      List<Warning> warnings) {
    List<ObjectNode> results =
        saved.entrySet().stream()
            .filter(one -> one.getValue().exists())
            .map(one -> entry(id, one.getValue(), logs.connections(one.getKey())))
            .collect(Collectors.toList());
    return new Results("SUCCESS", results, results.size(), warnings);
  }

  /** Names are ids here; a label also has the connection's type, if that is known. */
  private static ObjectNode entry(
      ProxyId id, SavedTrafficLog saved, EnvironmentConnections connections) {
    ObjectNode entry =
        ReplyJson.object(
            Map.of(
                "id", id + "/" + connections.environment(),
                "environmentId", connections.environment(),
                "apiProxyId", id.name(),
                "projectId", id.project()));
    entry.setAll(ReplyJson.object(saved.settings()));
    Map<String, String> labels = new TreeMap<>();
    for (String name : new TreeSet<>(saved.settings().connections())) {
      labels.put(name, name);
    }
    connections.types().forEach((name, type) -> labels.put(name, name + " (" + type + ")"));
    entry.set("connectorLabelByKey", ReplyJson.object(labels));
    return entry;
  }
}
