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
import java.util.function.Consumer;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Counts what goes to upstreams, and looks at the gate once more, in the order that {@link
 * InFlight} explains: a request whose API was closed after the front has decided is decided anew.
 */
final class InFlightCount {

  private final Gate gate;
  private final Consumer<Incoming> anew;

  /**
   * @param anew takes a request that belongs to another API meanwhile, or to none
   */
  InFlightCount(Gate gate, Consumer<Incoming> anew) {
    this.gate = gate;
    this.anew = anew;
    gate.inFlight().begin();
  }

  /**
   * Counts a request that the front has let pass.
   *
   * @param proxy the API that it goes to
   * @return what is to be left when the request is over; null if its API was closed meanwhile, and
   *     it was answered or goes elsewhere
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
      incoming.capture().blocked();
      SecondLook.answer(answer, request, incoming.response(), incoming.callback());
      return null;
    }
    if (decision.passage() == Passage.OPEN) {
      anew.accept(incoming);
      return null;
    }
    LetIn.mark(request, decision.passage(), now);
    return gate.inFlight().enter(proxy, true);
  }
}
