package dev.intermission.feed;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.intermission.api.ContentType;
import dev.intermission.api.SnapshotDelta;
import java.io.IOException;

/**
 * The wire form of a {@link SnapshotDelta}: JSON whose names are those of the vocabulary's records.
 * Nodes and admin nodes of different versions talk to each other while a fleet is upgraded, so
 * fields that a reader doesn't know are skipped, and fields that it needs are required; a change
 * that an older reader must not skip gets a new {@link #FORMAT}.
 */
public final class DeltaJson {

  /** The number of the form that this class writes, and the only one that it reads. */
  public static final int FORMAT = 1;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .addModule(
              new SimpleModule()
                  .addSerializer(new ContentTypeWriter())
                  .addDeserializer(ContentType.class, new ContentTypeReader()))
          .build();

  private static final ObjectWriter WRITER = MAPPER.writerFor(Envelope.class);
  private static final ObjectReader READER = MAPPER.readerFor(Envelope.class);

  private DeltaJson() {}

  private record Envelope(int format, SnapshotDelta delta) {}

  /** Returns the delta as UTF-8. */
  public static byte[] write(SnapshotDelta delta) {
    try {
      return WRITER.writeValueAsBytes(new Envelope(FORMAT, delta));
    } catch (IOException e) {
      throw new IllegalStateException("can't write a delta of " + delta.environment(), e);
    }
  }

  /**
   * Returns the delta that was written.
   *
   * @throws UnreadableSnapshotException if the bytes are not a delta of this {@link #FORMAT}
   */
  public static SnapshotDelta read(byte[] json) {
    try {
      // A JSON null is read as a null.
      Object read = READER.readValue(json);
      if (!(read instanceof Envelope envelope)) {
        throw new UnreadableSnapshotException("is no snapshot: it is null");
      }
      if (envelope.format() != FORMAT) {
        throw new UnreadableSnapshotException(
            "is of format %d, this program reads format %d".formatted(envelope.format(), FORMAT));
      }
      return envelope.delta();
    } catch (IOException | IllegalArgumentException e) {
      throw new UnreadableSnapshotException("is no snapshot: " + firstLine(e), e);
    }
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static final class ContentTypeWriter extends StdSerializer<ContentType> {

    private static final long serialVersionUID = 1L;

    ContentTypeWriter() {
      super(ContentType.class);
    }

    @Override
    public void serialize(ContentType type, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(type.value());
    }
  }

  private static final class ContentTypeReader extends StdDeserializer<ContentType> {

    private static final long serialVersionUID = 1L;

    ContentTypeReader() {
      super(ContentType.class);
    }

    @Override
    public ContentType deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      return ContentType.parse(json.getText());
    }
  }
}
