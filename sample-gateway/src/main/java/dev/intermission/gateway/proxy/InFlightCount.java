package dev.intermission.gateway.proxy;

import dev.intermission.api.ProxyId;
import dev.intermission.gate.Answer;
import dev.intermission.gate.Decision;
import dev.intermission.gate.Gate;
import dev.intermission.gate.InFlight;
import dev.intermission.gate.Passage;
import dev.intermission.gate.ServedSnapshot;
import dev.intermission.jetty.LetIn;
import dev.intermission.jetty.SecondLook;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Counts what goes to upstreams, and looks at the gate once more, in the order that {@link
 * InFlight} explains: a request whose API was closed after the front has decided is decided anew.
 */
final class InFlightCount {

  private final Gate gate;

  InFlightCount(Gate gate) {
    this.gate = gate;
    gate.inFlight().begin();
  }

  /**
   * Counts a request that the front has let pass.
   *
   * @param proxy the API that it goes to
   * @return what is to be left when the request is over; null if its API was closed meanwhile, and
   *     it was answered
   */
  InFlight.@Nullable Entry enter(Incoming incoming, ProxyId proxy) {
    Request request = incoming.request();
    boolean isLetIn =
        request.getAttribute(ServedSnapshot.ATTRIBUTE) instanceof ServedSnapshot decidedBy
            && decidedBy.isClosed(proxy);
    InFlight.Entry entry = gate.inFlight().enter(proxy, isLetIn);
    ServedSnapshot now = gate.current();
    if (isLetIn || !now.isClosed(proxy)) {
      return entry;
    }
    entry.leave();
    Decision decision = SecondLook.decide(now, request);
    Answer answer = decision.answer();
    if (answer != null) {
      SecondLook.answer(answer, request, incoming.response(), incoming.callback());
      return null;
    }
    if (decision.passage() != Passage.OPEN) {
      LetIn.mark(request, decision.passage(), now);
    }
    return gate.inFlight().enter(proxy, decision.passage() != Passage.OPEN);
  }
}
