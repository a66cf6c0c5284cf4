package dev.intermission.json;

import dev.intermission.api.FieldError;
import dev.intermission.api.InvalidSettingsException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON object of a request strictly. The caller reads each known field once; the {@link
 * #faults()} name everything that is wrong with these fields, and every field that was not read,
 * with their positions. For one thread.
 */
public final class StrictReader {

  private static final int MAX_FAULTS = 25;

  private final JsonValue object;
  private final Set<String> known = new LinkedHashSet<>();
  private final List<FieldError> faults;

  /** Begins to read the object. */
  public StrictReader(JsonValue object) {
    this.object = object;
    faults = new ArrayList<>(object.repeated());
  }

  /** Returns whether the field is present with the value null. */
  public boolean isNull(String name) {
    JsonValue value = object.members().get(name);
    return value != null && value.isNull();
  }

  /** Returns whether the field is missing or null. */
  public boolean isAbsent(String name) {
    return present(name) == null;
  }

  /** Returns the field's value, or null if it is absent, null, or faulty. */
  public <T> @Nullable T read(String name, JsonType<T> type) {
    known.add(name);
    JsonValue value = present(name);
    if (value == null) {
      return null;
    }
    try {
      return type.read(value, true);
    } catch (ElementFaults e) {
      e.all().forEach(it -> faults.add(new FieldError(name, it.message() + it.element().at())));
      return null;
    } catch (IllegalArgumentException e) {
      fault(name, String.valueOf(e.getMessage()));
      return null;
    }
  }

  /** Adds what is wrong with the value of a field, and where it is. */
  public void fault(String name, String message) {
    JsonValue value = object.members().get(name);
    faults.add(new FieldError(name, value == null ? message : message + value.at()));
  }

  /**
   * Returns what is wrong with the object, after each known field was read. If there are very many
   * faults, it returns the first ones and the number of the others.
   */
  public List<FieldError> faults() {
    List<String> unknown =
        object.members().keySet().stream().filter(name -> !known.contains(name)).toList();
    List<FieldError> first =
        Stream.concat(faults.stream(), unknown.stream().map(this::unknown))
            .limit(MAX_FAULTS)
            .collect(Collectors.toCollection(ArrayList::new));
    int more = faults.size() + unknown.size() - first.size();
    if (more > 0) {
      first.add(new FieldError("", "and " + more + " more"));
    }
    return first;
  }

  /**
   * Refuses the object if anything is wrong with it, after each known field was read.
   *
   * @throws InvalidSettingsException with the {@link #faults()}
   */
  public void requireNoFaults() {
    List<FieldError> all = faults();
    if (!all.isEmpty()) {
      throw new InvalidSettingsException(all);
    }
  }

  private FieldError unknown(String name) {
    return new FieldError(
        Excerpt.of(name),
        "is not a field of this request; allowed are "
            + String.join(", ", known)
            + Objects.requireNonNull(object.members().get(name)).at());
  }

  private @Nullable JsonValue present(String name) {
    return isNull(name) ? null : object.members().get(name);
  }
}
