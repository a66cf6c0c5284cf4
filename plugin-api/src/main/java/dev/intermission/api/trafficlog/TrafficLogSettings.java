package dev.intermission.api.trafficlog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What of a proxy's traffic is logged in one environment. Nothing is, unless a connection is
 * enabled.
 *
 * @param parts the parts of messages that are logged where a connection does not say otherwise
 * @param connectors what goes to each connection, by its name
 * @param overrides what differs for single methods, each method once
 */
public record TrafficLogSettings(
    Set<LogPart> parts,
    Map<String, ConnectorLogSettings> connectors,
    List<MethodLogOverride> overrides) {

  /** The most connections of a proxy. */
  public static final int MAX_CONNECTORS = 20;

  /** The most privacy definitions of all connections and methods together. */
  public static final int MAX_DEFINITIONS = 500;

  /** The most characters in the texts of all these definitions together. */
  public static final int MAX_DEFINITIONS_LENGTH = 65_536;

  /** Parameters and header fields, no bodies, and no connection. */
  public static final TrafficLogSettings DEFAULT =
      new TrafficLogSettings(
          Arrays.stream(LogPart.values()).filter(LogPart::byDefault).collect(Collectors.toSet()),
          Map.of(),
          List.of());

  /**
   * @throws IllegalArgumentException with a message for the operator if a value is not allowed
   */
  public TrafficLogSettings {
    parts = parts.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(parts));
    connectors = byConnection(connectors);
    overrides = overrides(overrides);
    long definitions = definitions(connectors, overrides).count();
    if (definitions > MAX_DEFINITIONS) {
      throw new IllegalArgumentException(
          "has " + definitions + " privacy definitions in all, allowed are " + MAX_DEFINITIONS);
    }
    int length = definitions(connectors, overrides).mapToInt(PrivacyDefinition::length).sum();
    if (length > MAX_DEFINITIONS_LENGTH) {
      throw new IllegalArgumentException(
          "has privacy definitions of "
              + length
              + " characters in all, allowed are "
              + MAX_DEFINITIONS_LENGTH);
    }
  }

  /** Returns connections by name, in the order of their names; throws as the constructor does. */
  public static Map<String, ConnectorLogSettings> byConnection(
      Map<String, ConnectorLogSettings> connectors) {
    if (connectors.size() > MAX_CONNECTORS) {
      throw new IllegalArgumentException(
          "has " + connectors.size() + " connections, allowed are " + MAX_CONNECTORS);
    }
    return Collections.unmodifiableMap(new TreeMap<>(connectors));
  }

  /** Returns overrides by the names of their methods; throws as the constructor does. */
  public static List<MethodLogOverride> overrides(List<MethodLogOverride> overrides) {
    Map<String, MethodLogOverride> byMethod = new TreeMap<>();
    for (MethodLogOverride override : overrides) {
      if (byMethod.put(override.method(), override) != null) {
        throw new IllegalArgumentException(
            "has the method " + override.method() + " more than once");
      }
    }
    return List.copyOf(byMethod.values());
  }

  /** Returns what the settings of the method say of the connection, or null if nothing. */
  public @Nullable ConnectorLogSettings override(String method, String connection) {
    for (MethodLogOverride override : overrides) {
      if (override.method().equals(method)) {
        return override.connectors().get(connection);
      }
    }
    return null;
  }

  /**
   * Returns these settings with another override; one of no connection is left out.
   *
   * @param settings null for none
   */
  public TrafficLogSettings withOverride(
      String method, String connection, @Nullable ConnectorLogSettings settings) {
    Map<String, Map<String, ConnectorLogSettings>> all = new LinkedHashMap<>();
    overrides.forEach(one -> all.put(one.method(), new TreeMap<>(one.connectors())));
    Map<String, ConnectorLogSettings> ofMethod =
        all.computeIfAbsent(method, name -> new TreeMap<>());
    if (settings == null) {
      ofMethod.remove(connection);
    } else {
      ofMethod.put(connection, settings);
    }
    List<MethodLogOverride> kept = new ArrayList<>();
    all.forEach(
        (name, connections) -> {
          if (!connections.isEmpty()) {
            kept.add(new MethodLogOverride(name, connections));
          }
        });
    return new TrafficLogSettings(parts, connectors, kept);
  }

  /** Returns the names of all connections that the settings say anything of, in order. */
  public Set<String> connections() {
    Set<String> names = new TreeSet<>(connectors.keySet());
    overrides.forEach(override -> names.addAll(override.connectors().keySet()));
    return names;
  }

  /** Returns the privacy definitions of all connections and methods, enabled or not. */
  public Stream<PrivacyDefinition> privacyDefinitions() {
    return definitions(connectors, overrides);
  }

  private static Stream<PrivacyDefinition> definitions(
      Map<String, ConnectorLogSettings> connectors, List<MethodLogOverride> overrides) {
    return Stream.concat(
            connectors.values().stream(),
            overrides.stream().flatMap(override -> override.connectors().values().stream()))
        .map(ConnectorLogSettings::privacyDefinitions)
        .flatMap(definitions -> definitions == null ? Stream.empty() : definitions.stream());
  }

  /**
   * Returns what goes to a connection of the requests of one method: what the settings of this
   * method say, else those of {@link MethodLogOverride#ALL}, else those of the connection, else
   * those of the proxy. Looks for it anew with each call; a request should use what was found
   * before.
   *
   * @param method of the request, as it is sent
   * @return null if nothing goes there
   */
  public @Nullable LogInForce inForce(String connection, String method) {
    ConnectorLogSettings settings = settings(connection, method);
    return Boolean.TRUE.equals(settings.enabled()) ? LogInForce.of(settings, parts) : null;
  }

  /**
   * Returns what is private by the settings of a connection, whether anything goes there or not;
   * inherited as {@link #inForce} says.
   *
   * @param method of the request, or null for what the connection's settings say of all methods
   */
  public List<PrivacyDefinition> privacyInForce(String connection, @Nullable String method) {
    return LogInForce.privacy(
        method == null ? orInherited(connectors.get(connection)) : settings(connection, method));
  }

  private ConnectorLogSettings settings(String connection, String method) {
    return orInherited(override(method, connection))
        .or(orInherited(override(MethodLogOverride.ALL, connection)))
        .or(orInherited(connectors.get(connection)));
  }

  private static ConnectorLogSettings orInherited(@Nullable ConnectorLogSettings settings) {
    return settings == null ? ConnectorLogSettings.INHERITED : settings;
  }
}
