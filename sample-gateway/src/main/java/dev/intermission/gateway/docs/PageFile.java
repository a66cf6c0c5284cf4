package dev.intermission.gateway.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.zip.CRC32C;

/** A file of the program that is sent as it is. Thread-safe. */
final class PageFile {

  private final String mediaType;
  private final byte[] bytes;
  private final String etag;

  private PageFile(String mediaType, byte[] bytes) {
    this.mediaType = mediaType;
    this.bytes = bytes;
    CRC32C sum = new CRC32C();
    sum.update(bytes);
    etag = String.format(Locale.ROOT, "\"%x-%x\"", bytes.length, sum.getValue());
  }

  /**
   * Reads a file of the class path.
   *
   * @throws IllegalStateException if there is none
   */
  static PageFile read(String path, String mediaType) {
    return new PageFile(mediaType, bytes(path));
  }

  static byte[] bytes(String path) {
    try (InputStream in = PageFile.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("The program has no file " + path);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("The program's file " + path + " can not be read", e);
    }
  }

  String mediaType() {
    return mediaType;
  }

  ByteBuffer content() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  int length() {
    return bytes.length;
  }

  String etag() {
    return etag;
  }
}
