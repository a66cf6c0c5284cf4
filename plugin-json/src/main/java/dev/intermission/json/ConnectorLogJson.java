package dev.intermission.json;

import dev.intermission.api.trafficlog.ConnectorLogSettings;
import dev.intermission.api.trafficlog.LogMetadata;
import dev.intermission.api.trafficlog.LogPart;
import dev.intermission.api.trafficlog.LogRegion;
import dev.intermission.api.trafficlog.PrivacyDefinition;
import dev.intermission.api.trafficlog.Switches;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The JSON form of {@link ConnectorLogSettings}: what is not set is not written. */
public final class ConnectorLogJson {

  private static final JsonField<ConnectorLogSettings, Boolean> ENABLED =
      flag("enabled", ConnectorLogSettings::enabled);
  private static final Map<LogPart, JsonField<ConnectorLogSettings, Boolean>> PARTS =
      flags(LogPart.class, LogPart::field, ConnectorLogSettings::parts);
  private static final Map<LogMetadata, JsonField<ConnectorLogSettings, Boolean>> METADATA =
      flags(LogMetadata.class, LogMetadata::field, ConnectorLogSettings::metadata);
  private static final Map<LogRegion, JsonField<ConnectorLogSettings, Boolean>> BOUNDED =
      flags(LogRegion.class, LogRegion::enableSizeField, ConnectorLogSettings::bounded);
  private static final Map<LogRegion, JsonField<ConnectorLogSettings, Integer>> SIZES = sizes();
  private static final JsonField<ConnectorLogSettings, Boolean> ENABLE_PRIVACY =
      flag("enablePrivacy", ConnectorLogSettings::enablePrivacy);
  private static final JsonField<ConnectorLogSettings, List<PrivacyDefinition>> DEFINITIONS =
      new JsonField<ConnectorLogSettings, List<PrivacyDefinition>>(
              "privacyDefinitionList",
              1,
              PrivacyJson.TYPE.array(),
              ConnectorLogSettings::privacyDefinitions)
          .optional();

  /** An object with any of the fields, or null, which says nothing. */
  static final JsonType<ConnectorLogSettings> TYPE =
      JsonForm.objects(
              "objects with the settings of a connection", fields(), ConnectorLogJson::make)
          .nullAs(ConnectorLogSettings.INHERITED);

  /** All fields, for a request of its own. */
  public static final JsonForm<ConnectorLogSettings> FORM =
      new JsonForm<>(ConnectorLogSettings.INHERITED, fields(), ConnectorLogJson::make);

  private ConnectorLogJson() {}

  private static ConnectorLogSettings make(JsonForm.Values<ConnectorLogSettings> values) {
    return new ConnectorLogSettings(
        values.get(ENABLED),
        new Switches<>(set(LogPart.class, PARTS, values)),
        new Switches<>(set(LogMetadata.class, METADATA, values)),
        new Switches<>(set(LogRegion.class, BOUNDED, values)),
        set(LogRegion.class, SIZES, values),
        values.get(ENABLE_PRIVACY),
        values.get(DEFINITIONS));
  }

  private static List<JsonField<ConnectorLogSettings, ?>> fields() {
    List<JsonField<ConnectorLogSettings, ?>> fields = new ArrayList<>();
    fields.add(ENABLED);
    fields.addAll(PARTS.values());
    fields.addAll(METADATA.values());
    fields.addAll(BOUNDED.values());
    fields.addAll(SIZES.values());
    fields.add(ENABLE_PRIVACY);
    fields.add(DEFINITIONS);
    return fields;
  }

  private static JsonField<ConnectorLogSettings, Boolean> flag(
      String name, Function<ConnectorLogSettings, @Nullable Boolean> get) {
    return new JsonField<ConnectorLogSettings, Boolean>(name, 1, JsonType.BOOLEAN, get).optional();
  }

  private static <E extends Enum<E>> Map<E, JsonField<ConnectorLogSettings, Boolean>> flags(
      Class<E> type, Function<E, String> name, Function<ConnectorLogSettings, Switches<E>> get) {
    Map<E, JsonField<ConnectorLogSettings, Boolean>> flags = new EnumMap<>(type);
    for (E one : type.getEnumConstants()) {
      flags.put(one, flag(name.apply(one), settings -> get.apply(settings).get(one)));
    }
    return flags;
  }

  private static Map<LogRegion, JsonField<ConnectorLogSettings, Integer>> sizes() {
    JsonType<Integer> size =
        JsonType.integer(ConnectorLogSettings::isAllowedSize, ConnectorLogSettings::sizeNotAllowed);
    Map<LogRegion, JsonField<ConnectorLogSettings, Integer>> sizes = new EnumMap<>(LogRegion.class);
    for (LogRegion region : LogRegion.values()) {
      sizes.put(
          region,
          new JsonField<ConnectorLogSettings, Integer>(
                  region.sizeField(), 1, size, settings -> settings.sizes().get(region))
              .optional());
    }
    return sizes;
  }

  /** Returns the values that are there. */
  private static <E extends Enum<E>, T> Map<E, T> set(
      Class<E> type,
      Map<E, JsonField<ConnectorLogSettings, T>> fields,
      JsonForm.Values<ConnectorLogSettings> values) {
    Map<E, T> set = new EnumMap<>(type);
    fields.forEach(
        (one, field) -> {
          @Nullable T value = values.get(field);
          if (value != null) {
            set.put(one, value);
          }
        });
    return set;
  }
}
