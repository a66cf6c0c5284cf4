package dev.intermission.jetty;

import dev.intermission.gate.Gate;
import dev.intermission.gate.SoapBehaviour;
import java.util.concurrent.atomic.AtomicInteger;

/** The handler, called by SOAP. */
class SoapByHandlerTest extends SoapBehaviour {

  @Override
  protected Server start(Gate gate, AtomicInteger passed) throws Exception {
    return new JettyServer(gate, new EchoHandler());
  }
}
