package dev.intermission.filter;

import dev.intermission.gate.FrontBehaviour;
import dev.intermission.gate.Gate;
import java.util.concurrent.atomic.AtomicInteger;

/** The filter constructed in code, in embedded Jetty. */
class JettyFilterTest extends FrontBehaviour {

  @Override
  protected Server start(Gate gate, AtomicInteger passed) throws Exception {
    return JettyServer.of(new MaintenanceFilter(gate), passed);
  }
}
