package dev.intermission.gate;

/**
 * The settings of a front, the filter or the handler.
 *
 * @param countsInFlight whether it counts the requests in flight to each API ({@link InFlight}), so
 *     that admin nodes can tell when a closed API is drained. Each request that passes is matched
 *     for that. A front behind which something else counts them, as the proxy of the sample gateway
 *     does, must not
 */
public record FrontOptions(boolean countsInFlight) {

  /** Counts nothing in flight. */
  public static final FrontOptions DEFAULTS = new FrontOptions(false);

  /** Returns these options with the count of requests in flight. */
  public FrontOptions countingInFlight() {
    return new FrontOptions(true);
  }
}
