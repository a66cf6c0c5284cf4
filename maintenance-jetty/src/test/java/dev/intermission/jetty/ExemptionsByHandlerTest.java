package dev.intermission.jetty;

import dev.intermission.gate.ExemptionBehaviour;
import dev.intermission.gate.Gate;
import java.util.concurrent.atomic.AtomicInteger;

/** Exemptions at the handler. */
class ExemptionsByHandlerTest extends ExemptionBehaviour {

  @Override
  protected Server start(Gate gate, AtomicInteger passed) throws Exception {
    return new JettyServer(gate, new PassageHandler(passed));
  }
}
