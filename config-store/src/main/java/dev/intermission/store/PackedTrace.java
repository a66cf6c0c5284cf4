package dev.intermission.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.intermission.api.trace.TraceLine;
import dev.intermission.api.trace.TraceRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** A record of a traced request as it is stored: its document is compressed. */
final class PackedTrace {

  /**
   * What a row takes in the tables and their indexes beside its texts. Pages that are not full are
   * in it: measured with SQLite and PostgreSQL, rounded up.
   */
  private static final int OVERHEAD = 500;

  /** The names are in the row and in two indexes. */
  private static final int COPIES = 2;

  private final TraceLine line;
  private final byte[] document;

  PackedTrace(TraceRecord record) {
    line = record.line();
    document = pack(record.document());
  }

  TraceLine line() {
    return line;
  }

  byte[] document() {
    return document;
  }

  /** Returns how many bytes count for it. */
  long size() {
    String target = line.target();
    return OVERHEAD
        + COPIES * (bytes(line.id()) + bytes(line.proxy().project()) + bytes(line.proxy().name()))
        + bytes(line.method())
        + bytes(line.path())
        + (target == null ? 0 : bytes(target))
        + document.length;
  }

  private static long bytes(String text) {
    return text.getBytes(UTF_8).length;
  }

  private static byte[] pack(String text) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      out.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory can be written", e);
    }
    return packed.toByteArray();
  }

  /** Returns the text of a stored document. */
  static String unpack(byte[] packed) {
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("A stored record of a request can't be read", e);
    }
  }
}
