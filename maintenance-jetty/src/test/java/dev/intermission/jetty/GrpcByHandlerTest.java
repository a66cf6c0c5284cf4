package dev.intermission.jetty;

import dev.intermission.gate.FrontBehaviour;
import dev.intermission.gate.Gate;
import dev.intermission.gate.GrpcBehaviour;

/** The handler, called by gRPC. */
class GrpcByHandlerTest extends GrpcBehaviour {

  @Override
  protected FrontBehaviour.Server start(Gate gate) throws Exception {
    return new JettyServer(gate, new EchoHandler());
  }
}
