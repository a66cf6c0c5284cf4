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
  private static final int MOST_BYTES_OF_ONE = 4;
  private static final int CONTINUED_MASK = 0xc0;
  private static final int CONTINUED = 0x80;

  private final int most;
  private final CaptureMemory memory;

  // Guarded by this.
  private byte[] bytes = new byte[0];

  /** How many bytes are there, and how many of them have come or gone for sure. */
  private int kept;

  private int length;
  private int characters;
  private boolean isCut;
  private boolean isEnded;
  private long total;

  /**
   * @param characters how many are wanted; in UTF-8, each is several bytes
   * @param memory what its bytes are taken from until it is {@linkplain #release released}
   */
  public BodyCapture(int characters, CaptureMemory memory) {
    most = characters + MARGIN;
    this.memory = memory;
  }

  /** Returns whether a byte is the first one of a character in UTF-8. */
  static boolean begins(byte b) {
    return (b & CONTINUED_MASK) != CONTINUED;
  }

  /** Returns how many bytes are kept for so many characters, whatever they are. */
  static int mostBytes(int characters) {
    return MOST_BYTES_OF_ONE * characters;
  }

  /** Takes the next bytes, which have come or gone; the buffer stays as it is. */
  public synchronized void add(ByteBuffer buffer) {
    count(keep(buffer), buffer.remaining());
  }

  /**
   * Keeps what still belongs to the beginning; the buffer stays as it is. It is not told before it
   * is {@linkplain #count counted}.
   *
   * @return how many bytes are kept of it
   */
  public synchronized int keep(ByteBuffer buffer) {
    int before = kept;
    for (int i = buffer.position(); i < buffer.limit() && !isCut; i++) {
      byte b = buffer.get(i);
      boolean begins = begins(b);
      isCut = (begins && characters == most) || !hasRoom();
      if (!isCut) {
        characters += begins ? 1 : 0;
        bytes[kept++] = b;
      }
    }
    return kept - before;
  }

  /**
   * Says that bytes have gone which were kept before.
   *
   * @param ofThose how many of them were kept
   */
  public synchronized void count(int ofThose, long gone) {
    length = Math.min(kept, length + ofThose);
    total += gone;
  }

  /** Returns whether there is room for one more byte, and makes some if need be. */
  private boolean hasRoom() {
    if (kept < bytes.length) {
      return true;
    }
    int longest = mostBytes(most);
    int next = Math.min(longest, Math.max(FIRST_BYTES, 2 * kept));
    if (kept == longest || !memory.take(next - bytes.length)) {
      return false;
    }
    bytes = Arrays.copyOf(bytes, next);
    return true;
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
    return new CapturedBody(Arrays.copyOf(bytes, length), isEnded && !isCut, total);
  }

  /** Gives its memory back; nothing more is kept. */
  public synchronized void release() {
    memory.give(bytes.length);
    bytes = new byte[0];
    kept = 0;
    length = 0;
    isCut = true;
  }
}
