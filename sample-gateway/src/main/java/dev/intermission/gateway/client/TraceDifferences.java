package dev.intermission.gateway.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermission.gateway.client.proxies.FieldDifferences;
import dev.intermission.gateway.client.proxies.ProxyState;
import java.util.List;

/** What a deployment in an environment would change in an API proxy's trace settings there. */
final class TraceDifferences {

  private static final List<String> TIMES = List.of("startTime", "stopTime");

  private TraceDifferences() {}

  /**
   * Returns the fields that differ.
   *
   * @param settings the saved settings, and what is in force in each environment
   * @param state how the proxy stands in the environment
   */
  static FieldDifferences of(TraceStanding settings, ProxyState state) {
    JsonNode saved = settings.saved();
    if (!saved.path("redeployRequired").asBoolean() || !state.redeployRequired()) {
      return new FieldDifferences(List.of());
    }
    boolean here =
        saved.path(TraceStanding.ENABLED).asBoolean()
            && saved.path("environmentName").asText().equals(state.environment());
    JsonNode window = null;
    for (JsonNode deployed : saved.path("inForce")) {
      if (deployed.path("environmentName").asText().equals(state.environment())) {
        window = deployed;
      }
    }
    return FieldDifferences.of(
        fields(window != null, window == null ? saved : window), fields(here, saved));
  }

  /** Times are compared as moments, whatever their offsets are. */
  private static ObjectNode fields(boolean enabled, JsonNode times) {
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    fields.put(TraceStanding.ENABLED, enabled);
    for (String name : TIMES) {
      if (enabled && times.hasNonNull(name)) {
        fields.put(name, TraceStanding.time(times, name).toString());
      }
    }
    return fields;
  }
}
