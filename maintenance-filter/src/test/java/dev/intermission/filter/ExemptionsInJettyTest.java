package dev.intermission.filter;

import dev.intermission.gate.ExemptionBehaviour;
import dev.intermission.gate.Gate;
import java.util.concurrent.atomic.AtomicInteger;

/** Exemptions at the filter in Jetty. */
class ExemptionsInJettyTest extends ExemptionBehaviour {

  @Override
  protected Server start(Gate gate, AtomicInteger passed) throws Exception {
    return JettyServer.of(new MaintenanceFilter(gate), new PassageServlet(passed));
  }
}
