package dev.intermission.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A field of a record's JSON form.
 *
 * @param name its name in the JSON text
 * @param since the number of the first {@link JsonForm#format() format} that has it; a reader of an
 *     older format does not know it
 * @param type what its values are
 * @param get its value in a record; null where there is none, which is never written
 * @param required whether each of the {@linkplain JsonForm#objects objects} with this field must
 *     have it
 */
public record JsonField<R, T>(
    String name, int since, JsonType<T> type, Function<R, @Nullable T> get, boolean required) {

  /** Makes a field that each object must have. */
  public JsonField(String name, int since, JsonType<T> type, Function<R, @Nullable T> get) {
    this(name, since, type, get, true);
  }

  /** Returns this field where it may be missing from an object, or null in it. */
  public JsonField<R, T> optional() {
    return new JsonField<>(name, since, type, get, false);
  }

  /** Writes the field with its value, if the record has one. */
  void write(R record, JsonGenerator json) throws IOException {
    T value = get.apply(record);
    if (value != null) {
      json.writeFieldName(name);
      type.write(value, json);
    }
  }
}
