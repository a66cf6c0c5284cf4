package dev.intermission.feed;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.intermission.api.SnapshotDelta;
import dev.intermission.json.JsonForm;
import dev.intermission.json.PartsModule;
import dev.intermission.json.SettingsJson;
import dev.intermission.json.SettingsModule;
import java.io.IOException;

/**
 * The wire form of a {@link SnapshotDelta}: JSON whose names are those of the vocabulary's records.
 * Nodes and admin nodes of different versions talk to each other while a fleet is upgraded, so
 * fields that a reader doesn't know are skipped, and fields that it needs are required. A delta has
 * the number of the format that a reader must know to serve it correctly. A reader of an older
 * format refuses it and keeps what it serves, because it would skip a field that matters.
 */
public final class DeltaJson {

  /** The number of the newest format that this class reads and writes. */
  public static final int FORMAT = SettingsJson.FORMAT;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .addModule(new SettingsModule())
          .addModule(new PartsModule())
          .addModule(new DeployedProxyModule())
          .build();

  private static final ObjectWriter WRITER = MAPPER.writerFor(Envelope.class);
  private static final ObjectReader READER = MAPPER.readerFor(Envelope.class);

  private DeltaJson() {}

  private record Envelope(int format, SnapshotDelta delta) {}

  /** Returns the number of the oldest format whose readers serve this delta rightly. */
  public static int formatOf(SnapshotDelta delta) {
    return delta.deployed().stream()
        .mapToInt(proxy -> SettingsJson.FORM.formatOf(proxy.settings()))
        .max()
        .orElse(JsonForm.FIRST_FORMAT);
  }

  /** Returns the delta as UTF-8. */
  public static byte[] write(SnapshotDelta delta) {
    try {
      return WRITER.writeValueAsBytes(new Envelope(formatOf(delta), delta));
    } catch (IOException e) {
      throw new IllegalStateException("can't write a delta of " + delta.environment(), e);
    }
  }

  /**
   * Returns the delta that was written.
   *
   * @throws UnreadableSnapshotException if the bytes are not a delta, or one of a newer format than
   *     {@link #FORMAT}
   */
  public static SnapshotDelta read(byte[] json) {
    try {
      // A JSON null is read as a null.
      Object read = READER.readValue(json);
      if (!(read instanceof Envelope envelope)) {
        throw new UnreadableSnapshotException("is no snapshot: it is null");
      }
      if (!isReadable(envelope.format())) {
        throw new UnreadableSnapshotException(
            "is of format " + envelope.format() + ", this program reads format " + FORMAT);
      }
      return envelope.delta();
    } catch (IOException | IllegalArgumentException e) {
      throw new UnreadableSnapshotException("is no snapshot: " + firstLine(e), e);
    }
  }

  /** Returns whether this class reads the format with this number. */
  public static boolean isReadable(int format) {
    return format >= JsonForm.FIRST_FORMAT && format <= FORMAT;
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
