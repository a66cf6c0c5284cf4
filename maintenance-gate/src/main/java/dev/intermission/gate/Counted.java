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
    while (true) {
      ServedSnapshot snapshot = gate.current();
      if (snapshot.version() == 0) {
        Counted early = beforeFirst(gate, snapshot, snapshot.decide(host, rawPath, request));
        if (early != null) {
          return early;
        }
        continue;
      }
      DeployedProxy proxy =
          PathDoubts.areTooMany(rawPath)
              ? null
              : snapshot.route(host, RequestPath.canonical(rawPath));
      if (proxy == null) {
        return new Counted(snapshot, snapshot.decide(host, rawPath, request), null);
      }
      if (snapshot.isClosed(proxy.id())) {
        Decision decision = snapshot.decide(host, rawPath, request);
        boolean passes = decision.answer() == null;
        return new Counted(
            snapshot, decision, passes ? gate.inFlight().enter(proxy.id(), true) : null);
      }
      InFlight.Entry entry = gate.inFlight().enter(proxy.id(), false);
      // It is decided once, by what is in force after it was entered, since a decision is counted.
      if (gate.current() == snapshot) {
        return passing(snapshot, snapshot.decide(host, rawPath, request), entry);
      }
      entry.leave();
    }
  }

  /** Returns null if the first snapshot came meanwhile. Nothing is counted as closed before it. */
  private static @Nullable Counted beforeFirst(
      Gate gate, ServedSnapshot snapshot, Decision decision) {
    if (decision.answer() != null) {
      return new Counted(snapshot, decision, null);
    }
    InFlight.Entry entry = gate.inFlight().enterUnknown();
    if (gate.current() == snapshot) {
      return new Counted(snapshot, decision, entry);
    }
    entry.leave();
    return null;
  }

  /** The path may lead to a closed API in another reading, and is answered then. */
  private static Counted passing(ServedSnapshot snapshot, Decision decision, InFlight.Entry entry) {
    if (decision.answer() == null) {
      return new Counted(snapshot, decision, entry);
    }
    entry.leave();
    return new Counted(snapshot, decision, null);
  }
}
