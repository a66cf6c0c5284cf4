package dev.intermission.admin.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.json.SettingsModule;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A field of settings that changes.
 *
 * @param before its value, or null where it is not used, or nothing is in force
 * @param after the same for afterwards
 */
record FieldChange(String field, @Nullable JsonNode before, @Nullable JsonNode after) {

  private static final JsonMapper JSON =
      JsonMapper.builder().addModule(new SettingsModule()).build();

  /** Returns the changes that lead from the one to the other; null is for no settings. */
  static List<FieldChange> between(
      @Nullable MaintenanceSettings before, @Nullable MaintenanceSettings after) {
    ObjectNode old = fields(before);
    ObjectNode next = fields(after);
    Set<String> names = new LinkedHashSet<>();
    next.fieldNames().forEachRemaining(names::add);
    old.fieldNames().forEachRemaining(names::add);
    return names.stream()
        .map(name -> new FieldChange(name, old.get(name), next.get(name)))
        .filter(FieldChange::isOne)
        .toList();
  }

  private boolean isOne() {
    return before == null ? after != null : !before.equals(after);
  }

  private static ObjectNode fields(@Nullable MaintenanceSettings settings) {
    return settings == null ? JsonNodeFactory.instance.objectNode() : JSON.valueToTree(settings);
  }
}
