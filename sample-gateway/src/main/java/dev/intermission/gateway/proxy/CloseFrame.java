package dev.intermission.gateway.proxy;

import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;

/** The frame that ends a WebSocket with the code 1012, service restart (RFC 6455 section 5.5.1). */
final class CloseFrame {

  private static final byte FINAL_CLOSE = (byte) 0x88;
  private static final byte MASKED = (byte) 0x80;
  private static final short SERVICE_RESTART = 1012;

  private CloseFrame() {}

  /** Returns the frame as a server sends it. */
  static ByteBuffer ofServer() {
    return ByteBuffer.allocate(4)
        .put(FINAL_CLOSE)
        .put((byte) Short.BYTES)
        .putShort(SERVICE_RESTART)
        .flip();
  }

  /** Returns the frame as a client sends it, which masks what it sends (section 5.3). */
  static ByteBuffer ofClient() {
    int mask = ThreadLocalRandom.current().nextInt();
    return ByteBuffer.allocate(8)
        .put(FINAL_CLOSE)
        .put((byte) (MASKED | Short.BYTES))
        .putInt(mask)
        .putShort((short) (SERVICE_RESTART ^ (mask >>> Short.SIZE)))
        .flip();
  }
}
