package dev.intermission.gateway.capture;

import dev.intermission.trafficlog.capture.CapturedTimes;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.NanoTime;

/** When what happened to a request. Guarded by whoever holds it. */
final class Milestones {

  private final Request request;
  private long decided = CapturedTimes.NEVER;
  private long forwarded = CapturedTimes.NEVER;
  private long connected = CapturedTimes.NEVER;
  private long received = CapturedTimes.NEVER;

  Milestones(Request request) {
    this.request = request;
  }

  private long now() {
    return NanoTime.since(request.getBeginNanoTime());
  }

  /** The gateway answers by itself. */
  void decided() {
    decided = decided == CapturedTimes.NEVER ? now() : decided;
  }

  /** The upstream was chosen. */
  void forwarded() {
    forwarded = now();
  }

  /** The request goes to the upstream, maybe once more. */
  void connected() {
    connected = now();
  }

  /** The upstream's response has ended, or it has failed. */
  void received() {
    received = now();
  }

  /** Returns all of them; the request is over. */
  CapturedTimes atTheEnd() {
    return new CapturedTimes(decided, forwarded, connected, received, now());
  }
}
