package dev.intermission.trafficlog.trace;

import dev.intermission.trafficlog.capture.CapturedTimes;
import org.jspecify.annotations.Nullable;

/**
 * How long the parts of an exchange took, one after the other, in milliseconds; null for what did
 * not happen. A part that failed counts until it had.
 */
record TraceTimes(
    @Nullable Double gate,
    @Nullable Double connection,
    @Nullable Double upstream,
    @Nullable Double response) {

  private static final double MICROS_IN_MILLI = 1_000;
  private static final double NANOS_IN_MICRO = 1_000;

  /**
   * Works them out.
   *
   * @param isAnswered whether the client got anything
   */
  static TraceTimes of(CapturedTimes times, boolean isAnswered) {
    long ended = times.ended();
    if (times.forwarded() == CapturedTimes.NEVER) {
      long decided = times.decided();
      boolean hasDecided = decided != CapturedTimes.NEVER;
      return new TraceTimes(
          hasDecided ? millis(0, decided) : null,
          null,
          null,
          isAnswered ? millis(hasDecided ? decided : 0, ended) : null);
    }
    long received = times.received() == CapturedTimes.NEVER ? ended : times.received();
    boolean isConnected = times.connected() != CapturedTimes.NEVER;
    return new TraceTimes(
        millis(0, times.forwarded()),
        millis(times.forwarded(), isConnected ? times.connected() : received),
        isConnected ? millis(times.connected(), received) : null,
        isAnswered ? millis(received, ended) : null);
  }

  private static double millis(long from, long to) {
    return Math.max(0, Math.round((to - from) / NANOS_IN_MICRO)) / MICROS_IN_MILLI;
  }
}
