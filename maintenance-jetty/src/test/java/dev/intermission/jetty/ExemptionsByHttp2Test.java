package dev.intermission.jetty;

import dev.intermission.gate.ExemptionBehaviour;
import dev.intermission.gate.Gate;
import dev.intermission.gate.Wire;
import java.util.concurrent.atomic.AtomicInteger;

/** Exemptions at the handler by HTTP/2. */
class ExemptionsByHttp2Test extends ExemptionBehaviour {

  @Override
  protected Wire.Reply exchange(int port, String method, String target, String... lines)
      throws Exception {
    return Http2Exchange.send(port, method, target, lines);
  }

  @Override
  protected Server start(Gate gate, AtomicInteger passed) throws Exception {
    return new JettyServer(gate, new PassageHandler(passed));
  }
}
