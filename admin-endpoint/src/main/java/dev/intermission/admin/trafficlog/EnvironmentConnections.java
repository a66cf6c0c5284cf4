package dev.intermission.admin.trafficlog;

import dev.intermission.admin.http.Refusal;
import dev.intermission.api.trafficlog.TrafficLogSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The connections of one environment, by name or by type.
 *
 * @param environment the environment's name
 * @param types the type of each connection by its name
 */
record EnvironmentConnections(String environment, Map<String, String> types) {

  /** The published types that a connection may have here. */
  private static final Set<String> SERVED = Set.of("LOGBACK_APPEND", "WEBHOOK_SEND");

  EnvironmentConnections {
    types = new TreeMap<>(types);
  }

  /**
   * Checks that the settings name no other connections; those that were saved before may stay,
   * since a connection may have left the configuration in the meantime.
   *
   * @throws Refusal if they do
   */
  void require(TrafficLogSettings settings, TrafficLogSettings saved) {
    Set<String> known = saved.connections();
    for (String name : settings.connections()) {
      if (!types.containsKey(name) && !known.contains(name)) {
        throw Refusal.unknownConnection(name);
      }
    }
  }

  /**
   * Returns the name of the connection that a path means.
   *
   * @param nameOrType a connection's name, or a type of which there is one connection
   * @throws Refusal if there is none, or if there are several of the type
   */
  String name(String nameOrType, TrafficLogSettings saved) {
    if (types.containsKey(nameOrType) || saved.connections().contains(nameOrType)) {
      return nameOrType;
    }
    return onlyOfType(nameOrType);
  }

  /**
   * Returns the name of the one connection of a type.
   *
   * @throws Refusal if there is none, or if there are several
   */
  String onlyOfType(String type) {
    List<String> names = ofType(type);
    if (names.size() > 1) {
      throw Refusal.severalConnections(type, environment, names);
    }
    if (names.isEmpty()) {
      throw SERVED.contains(type)
          ? Refusal.unknownConnection(type)
          : Refusal.invalidConnectorType(type);
    }
    return names.get(0);
  }

  /** Returns the names of the connections of a type. */
  List<String> ofType(String type) {
    return types.entrySet().stream()
        .filter(connection -> connection.getValue().equals(type))
        .map(Map.Entry::getKey)
        .toList();
  }
}
