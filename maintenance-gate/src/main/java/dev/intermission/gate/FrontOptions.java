package dev.intermission.gate;

/**
 * The settings of a front, the filter or the handler.
 *
 * @param countsInFlight whether it counts the requests in flight to each API ({@link InFlight}), so
 *     that admin nodes can tell when a closed API is drained. Each request that passes is matched
 *     for that. All fronts of a gate must do so; and nothing is told any more once a connection was
 *     upgraded that is not let in on purpose, such as a WebSocket, which the front can't count as
 *     long as it is open. A front behind which something else counts them, as the proxy of the
 *     sample gateway does, must not
 */
public record FrontOptions(boolean countsInFlight) {

  /** Counts nothing in flight. */
  public static final FrontOptions DEFAULTS = new FrontOptions(false);

  /** Returns these options with the count of requests in flight. */
  public FrontOptions countingInFlight() {
    return new FrontOptions(true);
  }
}
