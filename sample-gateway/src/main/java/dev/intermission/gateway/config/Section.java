package dev.intermission.gateway.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * A mapping of the configuration that is being read. Its reader asks for each allowed key, and then
 * calls the method that reports all other keys as faults.
 */
final class Section {

  private final Node.Keys keys;
  private final String path;
  private final Faults faults;
  private final Path folder;
  private final TreeSet<String> known = new TreeSet<>();

  /**
   * Makes a section of a node.
   *
   * @param path the key of this mapping
   * @param folder the folder to which relative paths of the file are relative
   */
  Section(Node.Keys keys, String path, Faults faults, Path folder) {
    this.keys = keys;
    this.path = path;
    this.faults = faults;
    this.folder = folder;
  }

  static String join(String key, String below) {
    return key.isEmpty() ? below : key + "." + below;
  }

  /** Returns the value of an allowed key. */
  Value get(String key) {
    known.add(key);
    return new Value(keys.entries().get(key), join(path, key), faults, folder, keys);
  }

  /** Returns the values by the names that the file has chosen. */
  Map<String, Value> byName() {
    Map<String, Value> values = new LinkedHashMap<>();
    keys.entries().keySet().forEach(name -> values.put(name, get(name)));
    return values;
  }

  /** To be called after all allowed keys were read; reports all other keys as faults. */
  void end() {
    keys.entries()
        .forEach(
            (key, node) -> {
              if (!known.contains(key)) {
                faults.add(
                    node instanceof Node.Scalar scalar && scalar.given() != null ? null : node,
                    join(path, key),
                    "unknown key, allowed are " + String.join(", ", known));
              }
            });
  }

  /** Runs a check, and reports what it refuses. */
  void check(Runnable check) {
    try {
      check.run();
    } catch (KeyFault e) {
      Node at = keys;
      for (String name : e.key().split("[.\\[]", -1)) {
        Node below = at instanceof Node.Keys section ? section.entries().get(name) : null;
        at = below == null ? at : below;
      }
      faults.add(at == keys && path.isEmpty() ? null : at, join(path, e.key()), e.fault());
    } catch (IllegalArgumentException e) {
      faults.add(keys, path, String.valueOf(e.getMessage()));
    }
  }
}
