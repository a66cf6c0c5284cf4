package dev.intermission.admin.trafficlog;

import dev.intermission.admin.http.Body;
import dev.intermission.admin.http.Call;
import dev.intermission.api.FieldError;
import dev.intermission.api.InvalidSettingsException;
import dev.intermission.api.trafficlog.ConnectorLogSettings;
import dev.intermission.api.trafficlog.TrafficLogSettings;
import dev.intermission.json.ConnectorLogJson;
import dev.intermission.json.JsonType;
import dev.intermission.json.JsonValue;
import dev.intermission.json.StrictReader;
import dev.intermission.json.TrafficLogJson;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The bodies of requests about traffic logs. */
final class TrafficLogBody {

  /** What answers have beside the settings; so that an answer may be sent back. */
  private static final List<String> SKIPPED =
      List.of("id", "environmentId", "apiProxyId", "projectId", "connectorLabelByKey");

  private TrafficLogBody() {}

  static JsonValue json(Call call) {
    Body body = call.body();
    body.mediaType(List.of("application/json"), Map.of());
    return body.json();
  }

  /**
   * Returns the saved settings changed as the body says; what it does not have, or has as null, is
   * kept, and so are privacy definitions of connections that it has.
   *
   * @throws InvalidSettingsException with every fault
   */
  static TrafficLogSettings merge(JsonValue json, TrafficLogSettings saved) {
    StrictReader reader = new StrictReader(json);
    SKIPPED.forEach(name -> reader.read(name, JsonType.SKIPPED));
    return allowed(
        () -> {
          TrafficLogSettings merged = TrafficLogJson.FORM.merge(reader, saved, false);
          reader.requireNoFaults();
          return KeptPrivacy.in(merged, saved);
        });
  }

  /** Returns what is made, or tells what of it as a whole is not allowed. */
  static <T> T allowed(Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingsException(
          List.of(new FieldError("", "What would be saved " + e.getMessage())));
    }
  }

  /**
   * Returns the settings of a connection.
   *
   * @throws InvalidSettingsException with every fault
   */
  static ConnectorLogSettings connector(JsonValue json) {
    StrictReader reader = new StrictReader(json);
    return allowed(
        () -> {
          ConnectorLogSettings settings =
              ConnectorLogJson.FORM.merge(reader, ConnectorLogSettings.INHERITED, false);
          reader.requireNoFaults();
          return settings;
        });
  }
}
