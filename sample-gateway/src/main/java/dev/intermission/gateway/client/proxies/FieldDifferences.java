package dev.intermission.gateway.client.proxies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The fields in which two settings differ.
 *
 * @param changes each of them, in the order of the fields
 */
public record FieldDifferences(List<Change> changes) {

  /** A field that differs; a field that is not used is null. */
  public record Change(String field, JsonNode before, JsonNode after) {}

  /** Copies the list. */
  public FieldDifferences {
    changes = List.copyOf(changes);
  }

  /** Compares two settings, either of which may be null in JSON. */
  public static FieldDifferences of(JsonNode before, JsonNode after) {
    Set<String> names = new LinkedHashSet<>();
    for (JsonNode settings : List.of(before, after)) {
      for (Iterator<String> fields = settings.fieldNames(); fields.hasNext(); ) {
        names.add(fields.next());
      }
    }
    List<Change> changes = new ArrayList<>();
    for (String name : names) {
      JsonNode one = value(before, name);
      JsonNode other = value(after, name);
      if (!one.equals(other)) {
        changes.add(new Change(name, one, other));
      }
    }
    return new FieldDifferences(changes);
  }

  private static JsonNode value(JsonNode settings, String name) {
    JsonNode value = settings.path(name);
    return value.isMissingNode() ? NullNode.getInstance() : value;
  }

  /** Returns a line for each field. */
  public List<String> lines() {
    return changes.stream()
        .map(change -> change.field() + ": " + change.before() + " -> " + change.after())
        .toList();
  }

  /** Returns them as a dry run has them: {@code [{field, before, after}]}. */
  public ArrayNode json() {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Change change : changes) {
      array
          .addObject()
          .put("field", change.field())
          .<ObjectNode>set("before", change.before())
          .set("after", change.after());
    }
    return array;
  }
}
