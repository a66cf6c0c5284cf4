package dev.intermission.gateway.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The value of a key, read as the required type. A wrong value is reported as a fault and then
 * treated as missing, so that reading continues to the next fault.
 */
final class Value {

  /** Keys whose values are secrets, or may hold one. */
  private static final Pattern SECRET =
      Pattern.compile(
          "^database$|^feed\\.admins|^users\\..*\\.passwordHash$|^connections.*\\.(url|fields|secretFields)");

  private final @Nullable Node node;
  private final String key;
  private final Faults faults;
  private final Path folder;
  private final Node above;

  Value(@Nullable Node node, String key, Faults faults, Path folder, Node above) {
    this.node = node;
    this.key = key;
    this.faults = faults;
    this.folder = folder;
    this.above = above;
  }

  boolean isGiven() {
    return node != null;
  }

  /** Reports the key if it is missing. */
  Value required() {
    if (node == null) {
      faults.addMissing(above.line() == 1 && !key.contains(".") ? null : above, key);
    } else if (node instanceof Node.Scalar scalar && scalar.isNothing()) {
      fault("found nothing, and this key is required");
      return new Value(new Node.Refused(node.line()), key, faults, folder, above);
    }
    return this;
  }

  /** Reports a fault of this value. */
  void fault(String text) {
    faults.add(node, key, text);
  }

  private void refuse(Node found, String allowed) {
    if (!(found instanceof Node.Refused)) {
      boolean nothing = found instanceof Node.Scalar scalar && scalar.isNothing();
      fault(
          nothing
              ? "found nothing, leave the key out"
              : "found " + shown(found) + ", allowed " + allowed);
    }
  }

  private String shown(Node found) {
    return found instanceof Node.Scalar && SECRET.matcher(key).find()
        ? "what is not shown"
        : found.found();
  }

  @Nullable String text() {
    if (node instanceof Node.Scalar scalar && scalar.isText()) {
      return scalar.text();
    }
    if (node instanceof Node.Scalar scalar && scalar.isOddNumber()) {
      fault("found " + shown(scalar) + ", allowed are decimal digits alone");
    } else if (node != null) {
      refuse(node, "is a text (in quotes, if it looks like something else)");
    }
    return null;
  }

  String text(String otherwise) {
    String text = text();
    return text == null ? otherwise : text;
  }

  int integer(int otherwise, int least, int most) {
    if (!(node instanceof Node.Scalar scalar) || !scalar.isWhole()) {
      if (node instanceof Node.Scalar scalar && scalar.given() != null) {
        refuse(node, "are " + least + " to " + most);
      } else if (node instanceof Node.Scalar scalar && scalar.isOddNumber()) {
        fault("found " + shown(scalar) + ", allowed are decimal digits alone");
      } else if (node != null) {
        refuse(node, "is a whole number");
      }
      return otherwise;
    }
    try {
      int number = Integer.parseInt(scalar.text());
      if (number >= least && number <= most) {
        return number;
      }
      refuse(node, "are " + least + " to " + most);
    } catch (NumberFormatException e) {
      refuse(node, "is a whole number");
    }
    return otherwise;
  }

  boolean flag(boolean otherwise) {
    if (node instanceof Node.Scalar scalar && scalar.isFlag()) {
      return Boolean.parseBoolean(scalar.text());
    }
    if (node != null) {
      refuse(node, "is true or false");
    }
    return otherwise;
  }

  Duration duration(Duration otherwise) {
    if (node instanceof Node.Scalar scalar && !scalar.isNothing()) {
      try {
        return DurationText.parse(scalar.text());
      } catch (IllegalArgumentException e) {
        refuse(node, "is a number above 0 and a unit (ms, s, m, h, d), such as 30s");
      }
    } else if (node != null) {
      refuse(node, "is a number above 0 and a unit (ms, s, m, h, d), such as 30s");
    }
    return otherwise;
  }

  /** Returns a duration that may be zero. */
  Duration delay(Duration otherwise) {
    if (node == null) {
      return otherwise;
    }
    Duration delay =
        node instanceof Node.Scalar scalar ? DurationText.parseOrNull(scalar.text()) : null;
    if (delay == null) {
      refuse(node, "is a number and a unit (ms, s, m, h, d), such as 10s, or 0s");
    }
    return delay == null ? otherwise : delay;
  }

  /** Returns the constant with the written name. */
  <E extends Enum<E>> @Nullable E oneOf(E[] all, Function<E, String> word) {
    List<String> words = new ArrayList<>();
    for (E one : all) {
      if (node instanceof Node.Scalar scalar
          && (word.apply(one).equals(scalar.text())
              || (scalar.given() != null && word.apply(one).equalsIgnoreCase(scalar.text())))) {
        return one;
      }
      words.add(word.apply(one));
    }
    if (node != null) {
      refuse(node, "is one of " + words);
    }
    return null;
  }

  /** Returns a path of the file, which is relative to the folder of the file. */
  Path inFolder(Path path) {
    return isGivenOver() ? path : folder.resolve(path).normalize();
  }

  /** Returns whether an option or a variable gives the value. */
  boolean isGivenOver() {
    return node instanceof Node.Scalar scalar && scalar.given() != null;
  }

  @Nullable URI uri() {
    if (!(node instanceof Node.Scalar scalar) || !scalar.isText()) {
      text();
      return null;
    }
    try {
      return new URI(scalar.text());
    } catch (URISyntaxException e) {
      refuse(scalar, "is a URI such as http://host:port/path");
      return null;
    }
  }

  /**
   * Returns the items of a list, each read by the function; in an option or variable the items are
   * separated by commas.
   */
  <T> List<T> list(Function<Value, @Nullable T> reader) {
    List<T> list = new ArrayList<>();
    List<Value> items = items();
    for (Value item : items) {
      T read = reader.apply(item);
      if (read != null) {
        list.add(read);
      }
    }
    return list;
  }

  List<Value> items() {
    List<Node> nodes = new ArrayList<>();
    if (node instanceof Node.Items list) {
      nodes.addAll(list.items());
    } else if (node instanceof Node.Scalar scalar && scalar.given() != null) {
      for (String part : scalar.text().split(",", -1)) {
        nodes.add(new Node.Scalar(part.strip(), true, 0, scalar.given(), scalar.key()));
      }
    } else if (node != null) {
      refuse(node, "is a list");
    }
    List<Value> items = new ArrayList<>();
    for (Node item : nodes) {
      items.add(new Value(item, key + "[" + items.size() + "]", faults, folder, item));
    }
    return items;
  }

  /** Returns the mapping at this key, an empty one if there is none. */
  Section section() {
    if (node instanceof Node.Keys keys) {
      return new Section(keys, key, faults, folder);
    }
    if (node != null) {
      refuse(node, "is a mapping of keys to values");
    }
    return new Section(Node.Keys.none(above.line()), key, faults, folder);
  }

  /** Returns the sections by the names that the file has chosen. */
  Map<String, Section> sections() {
    Map<String, Section> sections = new LinkedHashMap<>();
    section().byName().forEach((name, value) -> sections.put(name, value.section()));
    return sections;
  }

  /** Returns the values by the names that the file has chosen. */
  Map<String, Value> byName() {
    return section().byName();
  }

  /** Returns the value with this name below this one. */
  Value below(String name) {
    return section().get(name);
  }

  /**
   * Returns the result of the function for the value, or null if the function refuses it, which is
   * reported.
   */
  <T> @Nullable T make(Supplier<@Nullable T> maker) {
    try {
      return maker.get();
    } catch (IllegalArgumentException e) {
      fault(String.valueOf(e.getMessage()));
      return null;
    }
  }

  /** Returns whether the value is a list. */
  boolean isList() {
    return node instanceof Node.Items;
  }

  /** Returns whether the value is a mapping that can be read. */
  boolean isSection() {
    return node instanceof Node.Keys;
  }
}
