package dev.intermission.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import dev.intermission.api.InvalidSettingsException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of a record: the one place where its fields are named. A field with its default
 * value need not be written, so a field that is added changes no text of a record that does not use
 * it. Immutable.
 *
 * @param <R> the record; its constructor checks what concerns several fields
 */
public final class JsonForm<R> {

  /** Where the values for a new record come from. */
  public interface Values<R> {
    /** Returns the value of a field of the form. */
    <T> T get(JsonField<R, T> field);
  }

  /** The number of the format that every reader knows. */
  public static final int FIRST_FORMAT = 1;

  private static final JsonFactory FACTORY = new JsonFactory();

  private final @Nullable R defaults;
  private final List<JsonField<R, ?>> fields;
  private final List<JsonField<R, ?>> sorted;
  private final Function<Values<R>, R> constructor;

  /**
   * Takes the fields in the order in which they are written.
   *
   * @param defaults has the value of each field that is not written
   * @param constructor makes a record; takes the value of each field, in the same order
   * @throws IllegalArgumentException if the constructor takes other fields
   */
  public JsonForm(R defaults, List<JsonField<R, ?>> fields, Function<Values<R>, R> constructor) {
    this(fields, constructor, defaults);
    List<JsonField<R, ?>> taken = new ArrayList<>();
    R copy =
        constructor.apply(
            new Values<>() {
              @Override
              public <T> T get(JsonField<R, T> field) {
                taken.add(field);
                return defaultOf(field);
              }
            });
    if (!taken.equals(fields) || !copy.equals(defaults)) {
      throw new IllegalArgumentException(
          "The constructor takes other fields than these, or in another order: " + fields);
    }
  }

  private JsonForm(
      List<JsonField<R, ?>> fields, Function<Values<R>, R> constructor, @Nullable R defaults) {
    this.defaults = defaults;
    this.fields = List.copyOf(fields);
    this.constructor = constructor;
    sorted =
        fields.stream()
            .sorted(Comparator.comparing((JsonField<R, ?> field) -> field.name()))
            .toList();
  }

  /**
   * Returns the type of objects that have these fields, the {@linkplain JsonField#optional()
   * optional} ones or not, for arrays of them.
   *
   * @param plural what such objects are, as in "objects with name and value"
   */
  public static <R> JsonType<R> objects(
      String plural, List<JsonField<R, ?>> fields, Function<Values<R>, R> constructor) {
    JsonForm<R> form = new JsonForm<>(fields, constructor, null);
    return new JsonType<>(
        "one of the " + plural,
        plural,
        value -> value.token() == JsonToken.START_OBJECT,
        form::element,
        (record, json) -> form.write(record, json, form.fields, field -> true));
  }

  /** Returns the type of this record: an object in which a field at its default may be missing. */
  JsonType<R> type(String plural) {
    return new JsonType<>(
        "one of the " + plural,
        plural,
        value -> value.token() == JsonToken.START_OBJECT,
        this::read,
        this::writeCanonical);
  }

  /** Returns the number of the newest format: the highest that a field has. */
  public int format() {
    return fields.stream().mapToInt(JsonField::since).max().orElse(FIRST_FORMAT);
  }

  /**
   * Returns the fields that a reader must know to read this record rightly: those that have another
   * value than the default, by name, with the number of the format that each came with.
   */
  public Map<String, Integer> used(R record) {
    Map<String, Integer> used = new LinkedHashMap<>();
    fields.stream()
        .filter(field -> !isDefault(field, record))
        .forEach(field -> used.put(field.name(), field.since()));
    return used;
  }

  /** Returns the number of the oldest format whose readers know all that this record uses. */
  public int formatOf(R record) {
    return used(record).values().stream().reduce(FIRST_FORMAT, Math::max);
  }

  /** Writes all fields of the first format, and of those that came later each that is used. */
  void writePublished(R record, JsonGenerator json) throws IOException {
    write(
        record, json, fields, field -> field.since() == FIRST_FORMAT || !isDefault(field, record));
  }

  /** Writes the fields that are used, by name: the same text for the same record. */
  void writeCanonical(R record, JsonGenerator json) throws IOException {
    write(record, json, sorted, field -> !isDefault(field, record));
  }

  /** Returns the text of {@link #writeCanonical}. */
  String canonical(R record) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      writeCanonical(record, json);
    } catch (IOException e) {
      throw new UncheckedIOException("A text in memory can be written", e);
    }
    return text.toString();
  }

  /**
   * Returns the record of a text that this program or another version of it wrote; fields that it
   * does not know are skipped.
   *
   * @throws IllegalArgumentException if it is no such text
   */
  R read(String text) {
    try {
      return read(JsonText.object(text));
    } catch (NotOneObjectException | InvalidSettingsException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private void write(
      R record, JsonGenerator json, List<JsonField<R, ?>> all, Predicate<JsonField<R, ?>> isWritten)
      throws IOException {
    json.writeStartObject();
    for (JsonField<R, ?> field : all) {
      if (isWritten.test(field)) {
        field.write(record, json);
      }
    }
    json.writeEndObject();
  }

  /**
   * Returns the record of an object that this program or another version of it wrote. Fields that
   * it does not know are skipped, and those that are not there have their defaults.
   *
   * @throws IllegalArgumentException if a value is not allowed; the message names the field
   * @throws InvalidSettingsException if the values do not fit each other
   */
  public R read(JsonValue object) {
    return read(object, false);
  }

  private R read(JsonValue object, boolean strict) {
    return constructor.apply(
        new Values<>() {
          @Override
          public <T> T get(JsonField<R, T> field) {
            return value(field, object, strict);
          }
        });
  }

  private <T> T value(JsonField<R, T> field, JsonValue object, boolean strict) {
    JsonValue value = object.members().get(field.name());
    if (!field.required() && (value == null || value.isNull())) {
      return missing();
    }
    if (value == null && defaults == null) {
      throw new IllegalArgumentException("lacks the field " + field.name());
    }
    if (value == null) {
      return defaultOf(field);
    }
    try {
      return field.type().read(value, strict);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(field.name() + " " + e.getMessage(), e);
    }
  }

  /** Throws {@link ElementFaults} that go on after "an element". */
  private R element(JsonValue object, boolean strict) {
    List<String> faults = new ArrayList<>();
    if (strict) {
      List<String> known = fields.stream().map(JsonField::name).toList();
      object.members().keySet().stream()
          .filter(name -> !known.contains(name))
          .map(
              name ->
                  "that has the field "
                      + Excerpt.of(name)
                      + "; allowed are "
                      + String.join(", ", known))
          .forEach(faults::add);
      object.repeated().stream()
          .map(fault -> "that has the field " + fault.field() + " more than once")
          .forEach(faults::add);
    }
    fields.forEach(field -> faultOf(field, object, strict).ifPresent(faults::add));
    if (!faults.isEmpty()) {
      throw new ElementFaults(
          faults.stream().map(fault -> new ElementFault(object, fault)).toList());
    }
    return read(object, strict);
  }

  private Optional<String> faultOf(JsonField<R, ?> field, JsonValue object, boolean strict) {
    try {
      value(field, object, strict);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      boolean isThere = object.members().containsKey(field.name());
      return Optional.of((isThere ? "whose " : "that ") + e.getMessage());
    }
  }

  /**
   * Returns the record changed as the body of a request says: what the body does not name is kept.
   * What is wrong with a value is among the reader's faults; its field has its default then, so
   * that no rule between fields blames another one for it.
   *
   * @param resets whether null stands for a field's default (RFC 7396), and not for a field that is
   *     not there
   * @throws InvalidSettingsException if the values that came out do not fit each other
   */
  public R merge(StrictReader body, R saved, boolean resets) {
    return constructor.apply(
        new Values<>() {
          @Override
          public <T> T get(JsonField<R, T> field) {
            T value = body.read(field.name(), field.type());
            if (value != null) {
              return value;
            }
            boolean kept = body.isAbsent(field.name()) && !(resets && body.isNull(field.name()));
            return kept ? value(field, saved) : defaultOf(field);
          }
        });
  }

  private boolean isDefault(JsonField<R, ?> field, R record) {
    return defaults != null
        && Objects.equals(field.get().apply(record), field.get().apply(defaults));
  }

  private <T> T defaultOf(JsonField<R, T> field) {
    return value(field, Objects.requireNonNull(defaults));
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // as in value(...)
  static <T> T missing() {
    return null;
  }

  /** A record may have null where a field has no value; its constructor takes the same null. */
  @SuppressWarnings("NullAway")
  private static <R, T> T value(JsonField<R, T> field, R record) {
    return field.get().apply(record);
  }
}
