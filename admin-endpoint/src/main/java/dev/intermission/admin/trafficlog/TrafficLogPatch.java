package dev.intermission.admin.trafficlog;

import dev.intermission.admin.http.Refusal;
import dev.intermission.admin.http.Warning;
import dev.intermission.api.FieldError;
import dev.intermission.api.InvalidSettingsException;
import dev.intermission.api.trafficlog.ConnectorLogSettings;
import dev.intermission.api.trafficlog.LogPart;
import dev.intermission.api.trafficlog.MethodLogOverride;
import dev.intermission.api.trafficlog.TrafficLogSettings;
import dev.intermission.json.JsonType;
import dev.intermission.json.JsonValue;
import dev.intermission.json.StrictReader;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The body of the older generation's call: for each environment switches of parts, and of
 * connections by their type.
 *
 * @param items what to change, by the environment's name
 * @param warnings of switches that change nothing here
 */
record TrafficLogPatch(Map<String, Item> items, List<Warning> warnings) {

  private static final String LIST = "apiProxyTrafficLogSettingsList";
  private static final String ENVIRONMENT = "environmentName";
  private static final List<String> OTHER_LOGS =
      List.of("enabledTraceLog", "enabledApplicationLog");

  /** The type that each switch is about. */
  private static final Map<String, String> TYPES = types();

  private static Map<String, String> types() {
    Map<String, String> types = new LinkedHashMap<>();
    types.put("enableDatabaseConnector", "DB_INSERT_UPDATE_DELETE");
    types.put("enableElasticsearchConnector", "ELASTICSEARCH_INDEX");
    types.put("enableSyslogConnector", "SYSLOG_SEND");
    types.put("enableWebhookConnector", "WEBHOOK_SEND");
    types.put("enableRabbitMqConnector", "RABBITMQ_SEND");
    types.put("enableActiveMqConnector", "ACTIVEMQ_SEND");
    types.put("enableKafkaConnector", "KAFKA_SEND");
    types.put("enableGraylogConnector", "GRAYLOG_SEND");
    types.put("enableLogbackConnector", "LOGBACK_APPEND");
    return types;
  }

  /**
   * Reads a body.
   *
   * @throws InvalidSettingsException with the faults of the body, or else of all its items
   * @throws Refusal if an item names no environment
   */
  static TrafficLogPatch read(JsonValue json) {
    StrictReader reader = new StrictReader(json);
    List<Warning> warnings = new ArrayList<>();
    for (String log : OTHER_LOGS) {
      if (Boolean.TRUE.equals(reader.read(log, JsonType.BOOLEAN))) {
        warnings.add(
            new Warning(
                "NO_SUCH_LOG", log + " is true, and changes nothing: there is no such log here."));
      }
    }
    List<JsonValue> list = reader.read(LIST, JsonType.OBJECT.array());
    reader.requireNoFaults();
    return new TrafficLogPatch(items(list == null ? List.of() : list), warnings);
  }

  private static Map<String, Item> items(List<JsonValue> list) {
    Map<String, Item> items = new LinkedHashMap<>();
    List<FieldError> faults = new ArrayList<>();
    boolean isUnnamed = false;
    for (JsonValue element : list) {
      StrictReader item = new StrictReader(element);
      String environment = item.read(ENVIRONMENT, JsonType.STRING);
      Item read = Item.read(item);
      faults.addAll(item.faults());
      if (environment == null || environment.isBlank()) {
        isUnnamed = true;
      } else if (items.put(environment, read) != null) {
        faults.add(new FieldError(LIST, "has the environment " + environment + " twice"));
      }
    }
    if (!faults.isEmpty()) {
      throw new InvalidSettingsException(faults);
    }
    if (isUnnamed) {
      throw Refusal.noEnvironmentName();
    }
    return items;
  }

  /**
   * What to change in one environment; what is not set is kept.
   *
   * @param parts switches of parts
   * @param connectors switches of connections, by their type
   */
  record Item(Map<LogPart, Boolean> parts, Map<String, Boolean> connectors) {

    static Item read(StrictReader reader) {
      Map<LogPart, Boolean> parts = new EnumMap<>(LogPart.class);
      for (LogPart part : LogPart.values()) {
        put(parts, part, reader.read(part.field(), JsonType.BOOLEAN));
      }
      Map<String, Boolean> connectors = new LinkedHashMap<>();
      TYPES.forEach((field, type) -> put(connectors, type, reader.read(field, JsonType.BOOLEAN)));
      return new Item(parts, connectors);
    }

    private static <K> void put(Map<K, Boolean> map, K key, @Nullable Boolean value) {
      if (value != null) {
        map.put(key, value);
      }
    }

    /**
     * Returns the settings changed.
     *
     * @throws Refusal if a connection is to be switched on that there is not
     */
    TrafficLogSettings applyTo(TrafficLogSettings saved, EnvironmentConnections known) {
      Set<LogPart> logged = EnumSet.noneOf(LogPart.class);
      for (LogPart part : LogPart.values()) {
        if (parts.getOrDefault(part, saved.parts().contains(part))) {
          logged.add(part);
        }
      }
      Map<String, ConnectorLogSettings> changed = new TreeMap<>(saved.connectors());
      Set<String> off = new TreeSet<>();
      connectors.forEach(
          (type, on) -> {
            if (on) {
              String name = known.onlyOfType(type);
              changed.put(
                  name,
                  changed.getOrDefault(name, ConnectorLogSettings.INHERITED).withEnabled(true));
            } else {
              off.addAll(known.ofType(type));
            }
          });
      List<MethodLogOverride> overrides =
          saved.overrides().stream()
              .map(it -> new MethodLogOverride(it.method(), with(null, it.connectors(), off)))
              .toList();
      return new TrafficLogSettings(logged, with(false, changed, off), overrides);
    }

    private static Map<String, ConnectorLogSettings> with(
        @Nullable Boolean enabled,
        Map<String, ConnectorLogSettings> connectors,
        Set<String> names) {
      Map<String, ConnectorLogSettings> changed = new TreeMap<>(connectors);
      names.forEach(name -> changed.computeIfPresent(name, (it, old) -> old.withEnabled(enabled)));
      return changed;
    }
  }
}
