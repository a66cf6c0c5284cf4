package dev.intermission.gate;

import dev.intermission.api.DeployedProxy;
import org.jspecify.annotations.Nullable;

/**
 * A request that was decided, and that is counted if it passes.
 *
 * @param snapshot what decided it
 * @param decision what becomes of it
 * @param entry what is to be left when the request is over; null if it is answered, or belongs to
 *     no proxy of a snapshot
 */
public record Counted(ServedSnapshot snapshot, Decision decision, InFlight.@Nullable Entry entry) {

  /**
   * Decides a request and counts it, in an order that {@link InFlight} explains: no request that
   * passes because its API was open can be missed by someone who looks at the count after the API
   * was closed.
   *
   * @param host as for {@link ServedSnapshot#route}
   * @param rawPath as for {@link ServedSnapshot#answer}
   * @param request is read in this call only
   */
  public static Counted decide(
      Gate gate, @Nullable String host, String rawPath, RequestHead request) {
    ServedSnapshot snapshot = gate.current();
    while (true) {
      Decision decision = snapshot.decide(host, rawPath, request);
      DeployedProxy proxy =
          decision.answer() == null ? snapshot.route(host, RequestPath.canonical(rawPath)) : null;
      boolean isKnown = decision.answer() != null || snapshot.version() > 0;
      if (proxy == null && isKnown) {
        return new Counted(snapshot, decision, null);
      }
      boolean isLetIn =
          proxy != null && decision.passage() != Passage.OPEN && snapshot.isClosed(proxy.id());
      InFlight.Entry entry =
          proxy == null
              ? gate.inFlight().enterUnknown()
              : gate.inFlight().enter(proxy.id(), isLetIn);
      ServedSnapshot now = gate.current();
      if (isLetIn || now == snapshot) {
        return new Counted(snapshot, decision, entry);
      }
      entry.leave();
      snapshot = now;
    }
  }
}
