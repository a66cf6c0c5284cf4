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
import dev.intermission.api.ProxyParts;
import java.io.IOException;

/**
 * Makes a mapper of Jackson write and read the parts of a proxy in their {@link PartsJson form}.
 */
public final class PartsModule extends SimpleModule {

  private static final long serialVersionUID = 1L;

  /** Makes a module. */
  public PartsModule() {
    super("intermission-parts");
    addSerializer(new Writer());
    addDeserializer(ProxyParts.class, new Reader());
  }

  private static final class Writer extends StdSerializer<ProxyParts> {

    private static final long serialVersionUID = 1L;

    Writer() {
      super(ProxyParts.class);
    }

    @Override
    public void serialize(ProxyParts parts, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      PartsJson.write(parts, json);
    }
  }

  private static final class Reader extends StdDeserializer<ProxyParts> {

    private static final long serialVersionUID = 1L;

    Reader() {
      super(ProxyParts.class);
    }

    @Override
    public ProxyParts deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      JsonValue value = JsonValue.read(parser);
      if (value.token() != JsonToken.START_OBJECT) {
        throw JsonMappingException.from(parser, "parts: " + value.found());
      }
      try {
        return PartsJson.read(value);
      } catch (IllegalArgumentException e) {
        throw JsonMappingException.from(parser, "parts: " + e.getMessage(), e);
      }
    }
  }
}
