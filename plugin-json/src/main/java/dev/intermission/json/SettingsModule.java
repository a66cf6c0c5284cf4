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
import dev.intermission.api.MaintenanceSettings;
import java.io.IOException;

/**
 * Makes a mapper of Jackson write and read settings in their {@link SettingsJson form}. It writes
 * the published fields always, since a reader of the first format requires them, and others where
 * they are used; it reads what {@link JsonForm#read} reads.
 */
public final class SettingsModule extends SimpleModule {

  private static final long serialVersionUID = 1L;

  /** Makes a module. */
  public SettingsModule() {
    super("intermission-settings");
    addSerializer(new Writer());
    addDeserializer(MaintenanceSettings.class, new Reader());
  }

  private static final class Writer extends StdSerializer<MaintenanceSettings> {

    private static final long serialVersionUID = 1L;

    Writer() {
      super(MaintenanceSettings.class);
    }

    @Override
    public void serialize(
        MaintenanceSettings settings, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      SettingsJson.FORM.writePublished(settings, json);
    }
  }

  private static final class Reader extends StdDeserializer<MaintenanceSettings> {

    private static final long serialVersionUID = 1L;

    Reader() {
      super(MaintenanceSettings.class);
    }

    @Override
    public MaintenanceSettings deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      JsonValue value = JsonValue.read(parser);
      if (value.token() != JsonToken.START_OBJECT) {
        throw JsonMappingException.from(parser, "settings: " + value.found());
      }
      try {
        return SettingsJson.FORM.read(value);
      } catch (IllegalArgumentException | InvalidSettingsException e) {
        throw JsonMappingException.from(parser, "settings: " + e.getMessage(), e);
      }
    }
  }
}
