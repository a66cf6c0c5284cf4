package dev.intermission.filter;

import dev.intermission.gate.Gate;
import dev.intermission.gate.SoapBehaviour;
import java.util.concurrent.atomic.AtomicInteger;

/** The filter, called by SOAP in Jetty. */
class SoapByFilterTest extends SoapBehaviour {

  @Override
  protected Server start(Gate gate, AtomicInteger passed) throws Exception {
    return JettyServer.of(new MaintenanceFilter(gate), passed);
  }
}
