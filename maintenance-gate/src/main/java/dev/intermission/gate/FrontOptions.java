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
 * @param tellsDecisions whether it looks at each request for a {@link DecisionListener}, and tells
 *     that what it decides
 */
public record FrontOptions(boolean countsInFlight, boolean tellsDecisions) {

  /** Counts nothing in flight, and tells nobody of a decision. */
  public static final FrontOptions DEFAULTS = new FrontOptions(false, false);

  /** Returns these options with the count of requests in flight. */
  public FrontOptions countingInFlight() {
    return new FrontOptions(true, tellsDecisions);
  }

  /** Returns these options with a word to the listeners of decisions. */
  public FrontOptions tellingDecisions() {
    return new FrontOptions(countsInFlight, true);
  }
}
