package dev.intermission.gate;

import java.time.Instant;

/**
 * The present second, for all answers of a gate. It is renewed off the hot path, so that a request
 * that tells how long a maintenance still takes reads no clock.
 */
final class SharedSecond {

  private volatile long epochSecond;

  /** Returns the second that was told last. */
  long epochSecond() {
    return epochSecond;
  }

  /** Tells the time; called by one thread at a time. */
  void renew(Instant now) {
    epochSecond = now.getEpochSecond();
  }
}
