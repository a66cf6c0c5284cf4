package dev.intermission.feed;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.intermission.api.ApiProxy;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyParts;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Makes a mapper of Jackson write and read deployed proxies. Parts are written where there are any,
 * and need not be there: programs from before write none, and skip them.
 */
final class DeployedProxyModule extends SimpleModule {

  private static final long serialVersionUID = 1L;

  DeployedProxyModule() {
    super("intermission-deployed-proxy");
    addSerializer(new Writer());
    addDeserializer(DeployedProxy.class, new Reader());
  }

  private static final class Writer extends StdSerializer<DeployedProxy> {

    private static final long serialVersionUID = 1L;

    Writer() {
      super(DeployedProxy.class);
    }

    @Override
    public void serialize(DeployedProxy deployed, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeStartObject();
      provider.defaultSerializeField("proxy", deployed.proxy(), json);
      json.writeNumberField("revision", deployed.revision());
      provider.defaultSerializeField("settings", deployed.settings(), json);
      if (!deployed.parts().equals(ProxyParts.NONE)) {
        provider.defaultSerializeField("parts", deployed.parts(), json);
      }
      json.writeEndObject();
    }
  }

  private static final class Reader extends StdDeserializer<DeployedProxy> {

    private static final long serialVersionUID = 1L;

    Reader() {
      super(DeployedProxy.class);
    }

    @Override
    public DeployedProxy deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (!parser.isExpectedStartObjectToken()) {
        throw JsonMappingException.from(parser, "a deployed proxy is no object");
      }
      @Nullable ApiProxy proxy = null;
      @Nullable Long revision = null;
      @Nullable MaintenanceSettings settings = null;
      @Nullable ProxyParts parts = ProxyParts.NONE;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        parser.nextToken();
        switch (field) {
          case "proxy" -> proxy = context.readValue(parser, ApiProxy.class);
          case "revision" -> revision = context.readValue(parser, Long.class);
          case "settings" -> settings = context.readValue(parser, MaintenanceSettings.class);
          case "parts" -> parts = context.readValue(parser, ProxyParts.class);
          default -> parser.skipChildren();
        }
      }
      if (proxy == null || revision == null || settings == null || parts == null) {
        throw JsonMappingException.from(
            parser, "a deployed proxy needs the fields proxy, revision and settings");
      }
      return new DeployedProxy(proxy, revision, settings, parts);
    }
  }
}
