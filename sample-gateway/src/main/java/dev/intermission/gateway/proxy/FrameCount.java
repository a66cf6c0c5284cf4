package dev.intermission.gateway.proxy;

import java.nio.ByteBuffer;

/**
 * Knows where the frames of a WebSocket begin and end in one direction (RFC 6455 section 5.2). It
 * looks at the heads of frames, and skips what is in them.
 */
final class FrameCount {

  private static final int OPCODE = 0x0f;
  private static final int CLOSE = 8;
  private static final int MASKED = 0x80;
  private static final int LENGTH = 0x7f;
  private static final int SHORT_LENGTH = 126;
  private static final int LONG_LENGTH = 127;
  private static final int MASK_BYTES = 4;
  private static final int BYTE = 0xff;

  /** How many bytes of the head have come; its second one tells how many there are. */
  private int head;

  private int lengthBytes;
  private int maskBytes;
  private long length;
  private boolean isClose;
  private boolean isClosed;

  /** Returns whether the last frame is complete. */
  boolean isBetweenFrames() {
    return head == 0;
  }

  /** Returns whether the last frame was the close frame, behind which there are none. */
  boolean isClosed() {
    return isClosed;
  }

  /**
   * Counts what is sent; does not move the buffer's position.
   *
   * @param toNextEnd whether to count no further than the end of the frame that has begun
   * @return how many bytes were counted
   */
  int count(ByteBuffer bytes, boolean toNextEnd) {
    int at = bytes.position();
    while (at < bytes.limit() && !(toNextEnd && head == 0)) {
      if (isInHead()) {
        readHead(bytes.get(at) & BYTE);
        at++;
      } else {
        long skipped = Math.min(length, bytes.limit() - (long) at);
        length -= skipped;
        at += (int) skipped;
      }
      if (head > 1 && !isInHead() && length == 0) {
        head = 0;
        isClosed |= isClose;
      }
    }
    return at - bytes.position();
  }

  private boolean isInHead() {
    return head < 2 || head < 2 + lengthBytes + maskBytes;
  }

  private void readHead(int next) {
    if (head == 0) {
      isClose = (next & OPCODE) == CLOSE;
    } else if (head == 1) {
      int code = next & LENGTH;
      lengthBytes = code == LONG_LENGTH ? Long.BYTES : code == SHORT_LENGTH ? Short.BYTES : 0;
      maskBytes = (next & MASKED) == 0 ? 0 : MASK_BYTES;
      length = lengthBytes == 0 ? code : 0;
    } else if (head < 2 + lengthBytes) {
      length = (length << Byte.SIZE) | next;
    }
    head++;
  }
}
