package dev.intermission.gateway;

import dev.intermission.admin.trafficlog.LogConnections;
import dev.intermission.trafficlog.connection.LogConnection;
import dev.intermission.trafficlog.privacy.Regex;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The connections of the traffic log as the configuration names them.
 *
 * @param connections all of them
 */
record ConfiguredConnections(List<LogConnection> connections) implements LogConnections {

  @Override
  public Map<String, String> in(String environment) {
    return connections.stream()
        .filter(connection -> connection.serves(environment))
        .collect(
            Collectors.toMap(LogConnection::name, connection -> connection.target().type().name()));
  }

  @Override
  public @Nullable String faultOf(String regularExpression) {
    return Regex.fault(regularExpression);
  }
}
