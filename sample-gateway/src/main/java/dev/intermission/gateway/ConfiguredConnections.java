package dev.intermission.gateway;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.intermission.admin.trafficlog.LogConnections;
import dev.intermission.trafficlog.LogConnection;
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
    try {
      Pattern.compile(regularExpression);
      return null;
    } catch (PatternSyntaxException e) {
      return "is no expression of RE2: " + e.getDescription();
    }
  }
}
