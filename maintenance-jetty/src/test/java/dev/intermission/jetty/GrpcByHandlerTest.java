package dev.intermission.jetty;

import dev.intermission.gate.Gate;
import dev.intermission.gate.GrpcBehaviour;
import java.util.concurrent.atomic.AtomicInteger;

/** The handler, called by gRPC. */
class GrpcByHandlerTest extends GrpcBehaviour {

  @Override
  protected Server start(Gate gate, AtomicInteger passed) throws Exception {
    return new JettyServer(gate, new EchoHandler());
  }
}
