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

  /** What rows and their entries in indexes take beside their texts. */
  private static final int OVERHEAD = 300;

  /** The id and the names are in the row and in an index. */
  private static final int COPIES = 2;

  /** A page of SQLite. */
  private static final int PAGE = 4096;

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

  /** Returns how many bytes count for it: about what it takes on the disk. */
  long size() {
    String target = line.target();
    return OVERHEAD
        + COPIES * (bytes(line.id()) + bytes(line.proxy().project()) + bytes(line.proxy().name()))
        + bytes(line.method())
        + bytes(line.path())
        + (target == null ? 0 : bytes(target))
        + onDisk(document.length);
  }

  /** Of documents that are larger than a part of a page, SQLite has fewer in a page, or one. */
  private static long onDisk(int length) {
    if (length <= PAGE / 4) {
      return length;
    }
    return length <= PAGE / 2 ? PAGE / 2 : (length + PAGE - 1L) / PAGE * PAGE;
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
