package dev.intermission.gateway.proxy;

import dev.intermission.gateway.server.Fault;
import java.io.IOException;

/** Why an exchange with an upstream was given up on the client's side. */
final class ClientFailure extends IOException {

  private static final long serialVersionUID = 1L;

  private final transient Fault fault;

  ClientFailure(Fault fault, Throwable cause) {
    super(fault.text(), cause);
    this.fault = fault;
  }

  Fault fault() {
    return fault;
  }
}
