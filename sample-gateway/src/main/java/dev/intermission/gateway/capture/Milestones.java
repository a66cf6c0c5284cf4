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
  private boolean isCommitted;

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

  /** There is a connection to the upstream, maybe once more. */
  void connected() {
    connected = now();
    isCommitted = false;
  }

  /** The head of the request has gone out, or is answered: the one may be told before the other. */
  void committed() {
    isCommitted = true;
  }

  /** The upstream's response has ended, or it has failed. */
  void received() {
    received = now();
  }

  /** Returns all of them; the request is over. */
  CapturedTimes atTheEnd() {
    long sent = isCommitted ? connected : CapturedTimes.NEVER;
    return new CapturedTimes(decided, forwarded, sent, received, now());
  }
}
