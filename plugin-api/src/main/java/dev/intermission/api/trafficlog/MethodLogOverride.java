package dev.intermission.api.trafficlog;

import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What is logged in another way for the requests of one method.
 *
 * @param method the method, or {@link #ALL}, which is for each method that has no override of its
 *     own for the connection
 * @param connectors what differs, by the connection's name
 */
public record MethodLogOverride(String method, Map<String, ConnectorLogSettings> connectors) {

  /** The name of the one endpoint that each proxy has, which takes all methods. */
  public static final String ALL = "ALL";

  private static final String ENDPOINT = "/*";

  private static final Set<String> METHODS =
      Set.of(ALL, "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");

  /**
   * @throws IllegalArgumentException with a message for the operator if there are too many
   *     connections
   */
  public MethodLogOverride {
    Objects.requireNonNull(method, "method");
    connectors = TrafficLogSettings.byConnection(connectors);
  }

  /** Returns whether a proxy has a method of this name, which may be the endpoint's path. */
  public static boolean isKnown(String name) {
    return name.equals(ENDPOINT) || METHODS.contains(name);
  }

  /** Returns the method of a known name: {@link #ALL} for the endpoint's path. */
  public static String method(String name) {
    return name.equals(ENDPOINT) ? ALL : name;
  }
}
