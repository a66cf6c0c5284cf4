package dev.intermission.trafficlog.capture;

/**
 * When what happened, in nanoseconds since the first byte of the request; {@value #NEVER} for what
 * did not happen.
 *
 * @param decided the gateway had decided to answer by itself
 * @param forwarded the request had passed the gate, and its upstream was chosen
 * @param connected there was a connection to the upstream, and the request began to go there
 * @param received the upstream's response was there to its end, or had failed
 * @param ended the client had its response, or had gone
 */
public record CapturedTimes(
    long decided, long forwarded, long connected, long received, long ended) {

  /** The time of what did not happen. */
  public static final long NEVER = -1;

  private static final long NANOS_IN_MILLI = 1_000_000;

  /** Returns how long all of it took. */
  public long totalMillis() {
    return ended / NANOS_IN_MILLI;
  }

  /**
   * Returns how long its way to the upstream and back took, with the wait for a connection, or
   * {@value #NEVER} if it did not go there.
   */
  public long routingMillis() {
    if (forwarded == NEVER) {
      return NEVER;
    }
    return ((received == NEVER ? ended : received) - forwarded) / NANOS_IN_MILLI;
  }
}
