package dev.intermission.admin.trafficlog;

import dev.intermission.api.trafficlog.ConnectorLogSettings;
import dev.intermission.api.trafficlog.MethodLogOverride;
import dev.intermission.api.trafficlog.TrafficLogSettings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps privacy definitions that a request does not mention. A client of the published file knows
 * no such field: when it sends back what it got, what was private must not be logged from then on.
 */
final class KeptPrivacy {

  private KeptPrivacy() {}

  /**
   * Returns the settings with the saved definitions of each connection that has none. An override
   * that stays although its connection goes keeps what it has inherited from it.
   */
  static TrafficLogSettings in(TrafficLogSettings settings, TrafficLogSettings saved) {
    List<MethodLogOverride> overrides =
        settings.overrides().stream()
            .map(
                override ->
                    new MethodLogOverride(override.method(), inOverride(override, settings, saved)))
            .toList();
    return new TrafficLogSettings(
        settings.parts(),
        in(settings.connectors(), name -> saved.connectors().get(name)),
        overrides);
  }

  private static Map<String, ConnectorLogSettings> inOverride(
      MethodLogOverride override, TrafficLogSettings settings, TrafficLogSettings saved) {
    Map<String, ConnectorLogSettings> kept = new TreeMap<>();
    override
        .connectors()
        .forEach(
            (name, own) -> {
              ConnectorLogSettings one = ofMethod(own, saved.override(override.method(), name));
              boolean goes = !settings.connectors().containsKey(name);
              kept.put(
                  name,
                  goes && one.privacyDefinitions() == null
                      ? in(one, saved.connectors().get(name))
                      : one);
            });
    return kept;
  }

  /**
   * Returns the settings of a connection for one method likewise. An empty list removes the
   * definitions that are saved for the method, so that those of the connection are in force.
   */
  static ConnectorLogSettings ofMethod(
      ConnectorLogSettings settings, @Nullable ConnectorLogSettings saved) {
    return List.of().equals(settings.privacyDefinitions())
        ? settings.withPrivacyDefinitions(null)
        : in(settings, saved);
  }

  /** Returns the settings of a connection with those saved, if they say nothing of them. */
  private static ConnectorLogSettings in(
      ConnectorLogSettings settings, @Nullable ConnectorLogSettings saved) {
    return settings.privacyDefinitions() == null && saved != null
        ? settings.withPrivacyDefinitions(saved.privacyDefinitions())
        : settings;
  }

  private static Map<String, ConnectorLogSettings> in(
      Map<String, ConnectorLogSettings> connectors,
      Function<String, @Nullable ConnectorLogSettings> saved) {
    Map<String, ConnectorLogSettings> kept = new TreeMap<>();
    connectors.forEach((name, settings) -> kept.put(name, in(settings, saved.apply(name))));
    return kept;
  }
}
