package dev.intermission.trafficlog.capture;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Keeps the beginning of a body while it streams, and counts all of it. One thread at a time adds
 * to it; any thread may take what is there.
 */
public final class BodyCapture {

  /**
   * How many characters are kept beyond those that are wanted, so that what is private can still be
   * told at the end of those.
   */
  public static final int MARGIN = 4_096;

  private static final int FIRST_BYTES = 512;
  private static final int CONTINUED_MASK = 0xc0;
  private static final int CONTINUED = 0x80;

  private final int most;
  private byte[] bytes = new byte[0];
  private int length;
  private int characters;
  private boolean isCut;
  private boolean isEnded;
  private long total;

  /**
   * @param characters how many are wanted; in UTF-8, each is several bytes
   */
  public BodyCapture(int characters) {
    most = characters + MARGIN;
  }

  /** Keeps what still belongs to the beginning; the buffer stays as it is. */
  public synchronized void add(ByteBuffer buffer) {
    int count = buffer.remaining();
    total += count;
    if (isCut || count == 0) {
      return;
    }
    for (int i = buffer.position(); i < buffer.limit(); i++) {
      byte b = buffer.get(i);
      boolean begins = (b & CONTINUED_MASK) != CONTINUED;
      if (begins && characters == most) {
        isCut = true;
        return;
      }
      characters += begins ? 1 : 0;
      if (length >= 4 * most) {
        isCut = true;
        return;
      }
      if (length == bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(FIRST_BYTES, Math.min(4 * most, 2 * length)));
      }
      bytes[length++] = b;
    }
  }

  /** Says that the body has come to its end. */
  public synchronized void end() {
    isEnded = true;
  }

  /** Returns how many bytes it had. */
  public synchronized long total() {
    return total;
  }

  /** Returns what was kept. */
  public synchronized CapturedBody body() {
    return new CapturedBody(Arrays.copyOf(bytes, length), isEnded && !isCut);
  }
}
