package dev.intermission.trafficlog.capture;

/** What an observer wants to know of one request; it stays the same until the request is over. */
public interface Observation {

  /** Returns what is to be captured. */
  CaptureWish wish();

  /**
   * Takes the exchange when it is over. It may have more than was wished, since others observe it
   * too.
   */
  void finished(CapturedExchange exchange);
}
