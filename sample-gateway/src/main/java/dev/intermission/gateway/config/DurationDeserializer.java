package dev.intermission.gateway.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link DurationText} writes down; a bare number is none, since nobody knows its unit.
 */
final class DurationDeserializer extends StdScalarDeserializer<Duration> {

  private static final long serialVersionUID = 1L;

  DurationDeserializer() {
    super(Duration.class);
  }

  @Override
  public @Nullable Duration deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      try {
        return DurationText.parse(parser.getText());
      } catch (IllegalArgumentException notOne) {
        return (Duration)
            context.handleWeirdStringValue(Duration.class, parser.getText(), notOne.getMessage());
      }
    }
    return (Duration) context.handleUnexpectedToken(Duration.class, parser);
  }
}
