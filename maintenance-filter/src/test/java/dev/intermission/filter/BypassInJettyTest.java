package dev.intermission.filter;

import dev.intermission.gate.BypassBehaviour;
import dev.intermission.gate.Gate;
import java.util.concurrent.atomic.AtomicInteger;

/** Bypass tokens at the filter in Jetty. */
class BypassInJettyTest extends BypassBehaviour {

  @Override
  protected Server start(Gate gate, AtomicInteger passed) throws Exception {
    return JettyServer.of(new MaintenanceFilter(gate), new SeenByServlet(passed));
  }
}
