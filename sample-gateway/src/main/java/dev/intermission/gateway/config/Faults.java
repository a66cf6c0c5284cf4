package dev.intermission.gateway.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Collects all faults of a configuration, so that they are reported together. */
final class Faults {

  /** A fault, with whether something is missing and whether it is in an option. */
  private record Fault(int line, boolean missing, boolean ofOption, String text) {}

  private final @Nullable Path file;
  private final List<Fault> faults = new ArrayList<>();

  Faults(@Nullable Path file) {
    this.file = file;
  }

  /** Adds a fault of a part of the configuration. */
  void add(@Nullable Node at, String key, String text) {
    add(at, key, text, false);
  }

  /** Adds that a key is missing below this part. */
  void addMissing(@Nullable Node above, String key) {
    add(above, key, "this key is missing, and required", true);
  }

  /** Adds a fault of the text itself. */
  void addSyntax(int line, int column, String text) {
    faults.add(
        new Fault(
            line,
            false,
            false,
            String.format(Locale.ROOT, "%s:%d:%d: %s", file, line, column, text)));
  }

  private void add(@Nullable Node at, String key, String text, boolean missing) {
    if (at instanceof Node.Scalar scalar && scalar.given() != null && scalar.key() != null) {
      String variable = scalar.given().variable();
      faults.add(
          new Fault(
              0,
              missing,
              true,
              String.format(
                  Locale.ROOT,
                  "Invalid value for option '%s': %s%s",
                  scalar.key().option(),
                  text,
                  variable == null ? "" : " (from the variable " + variable + ")")));
      return;
    }
    int line = at == null ? 0 : at.line();
    String where =
        file == null
            ? "Without a configuration file"
            : line == 0 ? file.toString() : file + ":" + line;
    faults.add(
        new Fault(line, missing, false, where + ": " + (key.isEmpty() ? text : key + ": " + text)));
  }

  boolean isEmpty() {
    return faults.isEmpty();
  }

  /**
   * Refuses the configuration if there are faults. They are ordered by line; missing keys come
   * last, since they were often only misspelled.
   *
   * @throws ConfigException if there are faults
   */
  void refuse() {
    if (!faults.isEmpty()) {
      throw new ConfigException(
          faults.stream()
              .sorted(Comparator.comparing(Fault::missing).thenComparing(Fault::line))
              .map(Fault::text)
              .distinct()
              .collect(Collectors.joining("\n")),
          faults.stream().allMatch(Fault::ofOption));
    }
  }
}
