package dev.intermission.gate;

import org.jspecify.annotations.Nullable;

/** What a front does beside counting the requests that pass it. Thread-safe. */
public final class FrontCount {

  private static final int SWITCHING_PROTOCOLS = 101;

  private FrontCount() {}

  /** To be called by each front, before it serves a request. */
  public static void begin(Gate gate, FrontOptions options) {
    if (options.countsInFlight()) {
      gate.inFlight().beginAtFront();
    } else {
      gate.inFlight().passUncounted();
    }
  }

  /**
   * Leaves the count when a request is over for the front. A connection that was upgraded, such as
   * a WebSocket, goes on without it, so what is in flight is not known any more, unless the request
   * was let in on purpose.
   *
   * @param method the method of the request
   * @param status the status of its response
   */
  public static void leave(Gate gate, InFlight.@Nullable Entry entry, String method, int status) {
    if (entry == null) {
      return;
    }
    boolean isTunnel = method.equals("CONNECT") && status / 100 == 2;
    if (!entry.isLetIn() && (status == SWITCHING_PROTOCOLS || isTunnel)) {
      gate.inFlight().passUncounted();
    }
    entry.leave();
  }
}
