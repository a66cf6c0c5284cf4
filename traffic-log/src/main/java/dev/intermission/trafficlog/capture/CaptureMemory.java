package dev.intermission.trafficlog.capture;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that what is captured may take, such as bodies while their exchanges go on. Clients
 * decide how many those are, and how long they take; so where it is used up, no more is kept.
 * Thread-safe.
 */
public final class CaptureMemory {

  /** The bound of a gateway, in bytes. */
  public static final long DEFAULT_BYTES = 64L << 20;

  private final AtomicLong left;

  /** Makes one of this many bytes. */
  public CaptureMemory(long bytes) {
    left = new AtomicLong(bytes);
  }

  /** Takes so many bytes, if they are there. */
  public boolean take(long bytes) {
    if (left.addAndGet(-bytes) >= 0) {
      return true;
    }
    left.addAndGet(bytes);
    return false;
  }

  /** Gives bytes back that were taken. */
  public void give(long bytes) {
    left.addAndGet(bytes);
  }
}
