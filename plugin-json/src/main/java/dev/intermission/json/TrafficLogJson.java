package dev.intermission.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.intermission.api.trafficlog.ConnectorLogSettings;
import dev.intermission.api.trafficlog.LogPart;
import dev.intermission.api.trafficlog.MethodLogOverride;
import dev.intermission.api.trafficlog.TrafficLogSettings;
import java.io.IOException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of {@link TrafficLogSettings}, in the published words (contract section 11). The
 * management API, the store, the feed and a node's snapshot all use this one.
 */
public final class TrafficLogJson {

  private static final Map<LogPart, JsonField<TrafficLogSettings, Boolean>> PARTS = parts();

  private static final JsonField<TrafficLogSettings, Map<String, ConnectorLogSettings>> CONNECTORS =
      new JsonField<>(
          "connectorSettingsMap",
          1,
          ConnectorLogJson.TYPE
              .map()
              .as(TrafficLogSettings::byConnection, connectors -> connectors),
          TrafficLogSettings::connectors);

  private static final JsonField<MethodLogOverride, String> METHOD_ID =
      new JsonField<MethodLogOverride, String>("apiMethodId", 1, JsonType.SKIPPED, it -> null)
          .optional();
  private static final JsonField<MethodLogOverride, String> METHOD =
      new JsonField<>(
          "apiMethodName",
          1,
          JsonType.STRING.as(MethodLogOverride::method, name -> name),
          MethodLogOverride::method);
  private static final JsonField<MethodLogOverride, Map<String, ConnectorLogSettings>>
      METHOD_CONNECTORS =
          new JsonField<MethodLogOverride, Map<String, ConnectorLogSettings>>(
                  "connectorSettingsMap",
                  1,
                  ConnectorLogJson.TYPE
                      .map()
                      .as(TrafficLogSettings::byConnection, connectors -> connectors),
                  MethodLogOverride::connectors)
              .optional();

  private static final JsonField<TrafficLogSettings, List<MethodLogOverride>> OVERRIDES =
      new JsonField<>(
          "methodOverrideList",
          1,
          JsonForm.objects(
                  "objects with apiMethodName and connectorSettingsMap",
                  List.of(METHOD_ID, METHOD, METHOD_CONNECTORS),
                  TrafficLogJson::override)
              .array()
              .as(TrafficLogSettings::overrides, overrides -> overrides),
          TrafficLogSettings::overrides);

  /** All fields. */
  public static final JsonForm<TrafficLogSettings> FORM =
      new JsonForm<>(
          TrafficLogSettings.DEFAULT,
          Stream.concat(PARTS.values().stream(), Stream.of(CONNECTORS, OVERRIDES)).toList(),
          values ->
              new TrafficLogSettings(parts(values), values.get(CONNECTORS), values.get(OVERRIDES)));

  private TrafficLogJson() {}

  private static Map<LogPart, JsonField<TrafficLogSettings, Boolean>> parts() {
    Map<LogPart, JsonField<TrafficLogSettings, Boolean>> parts = new EnumMap<>(LogPart.class);
    for (LogPart part : LogPart.values()) {
      parts.put(
          part,
          new JsonField<>(
              part.field(), 1, JsonType.BOOLEAN, settings -> settings.parts().contains(part)));
    }
    return parts;
  }

  private static MethodLogOverride override(JsonForm.Values<MethodLogOverride> values) {
    @Nullable Map<String, ConnectorLogSettings> connectors = values.get(METHOD_CONNECTORS);
    return new MethodLogOverride(values.get(METHOD), connectors == null ? Map.of() : connectors);
  }

  private static Set<LogPart> parts(JsonForm.Values<TrafficLogSettings> values) {
    Set<LogPart> parts = EnumSet.noneOf(LogPart.class);
    PARTS.forEach(
        (part, field) -> {
          if (values.get(field)) {
            parts.add(part);
          }
        });
    return parts;
  }

  /** Writes all fields, at their default or not. */
  static void write(TrafficLogSettings settings, JsonGenerator json) throws IOException {
    FORM.writePublished(settings, json);
  }

  /** Returns the settings as a text; equal settings have the same text. */
  public static String write(TrafficLogSettings settings) {
    return FORM.canonical(settings);
  }

  /**
   * Returns the settings of a text that this program or another version of it wrote; fields that it
   * does not know are skipped.
   *
   * @throws IllegalArgumentException if it is no such text
   */
  public static TrafficLogSettings read(String text) {
    return FORM.read(text);
  }
}
