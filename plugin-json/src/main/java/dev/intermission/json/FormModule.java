package dev.intermission.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.intermission.api.InvalidSettingsException;
import java.io.IOException;
import java.util.function.Function;

/** Makes a mapper of Jackson write and read one type in its own JSON form, an object. */
abstract class FormModule<T> extends SimpleModule {

  private static final long serialVersionUID = 1L;

  /**
   * Makes a module.
   *
   * @param name what a value is called in messages
   * @param read throws IllegalArgumentException or InvalidSettingsException for what is not allowed
   */
  FormModule(Class<T> type, String name, JsonType.Writer<T> write, Function<JsonValue, T> read) {
    super("intermission-" + name);
    addSerializer(new Writer<>(type, write));
    addDeserializer(type, new Reader<>(type, name, read));
  }

  private static final class Writer<T> extends StdSerializer<T> {

    private static final long serialVersionUID = 1L;

    private final transient JsonType.Writer<T> write;

    Writer(Class<T> type, JsonType.Writer<T> write) {
      super(type);
      this.write = write;
    }

    @Override
    public void serialize(T value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      write.write(value, json);
    }
  }

  private static final class Reader<T> extends StdDeserializer<T> {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final transient Function<JsonValue, T> read;

    Reader(Class<T> type, String name, Function<JsonValue, T> read) {
      super(type);
      this.name = name;
      this.read = read;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      JsonValue value = JsonValue.read(parser);
      if (value.token() != JsonToken.START_OBJECT) {
        throw JsonMappingException.from(parser, name + ": " + value.found());
      }
      try {
        return read.apply(value);
      } catch (IllegalArgumentException | InvalidSettingsException e) {
        throw JsonMappingException.from(parser, name + ": " + e.getMessage(), e);
      }
    }
  }
}
