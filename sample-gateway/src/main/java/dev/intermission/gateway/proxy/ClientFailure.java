package dev.intermission.gateway.proxy;

import dev.intermission.gateway.server.Fault;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** Why an exchange with an upstream was given up on the client's side. */
final class ClientFailure extends IOException {

  private static final long serialVersionUID = 1L;

  private final transient Fault fault;

  private ClientFailure(Fault fault, Throwable cause) {
    super(fault.text(), cause);
    this.fault = fault;
  }

  static ClientFailure of(Throwable cause) {
    boolean slow = cause instanceof TimeoutException;
    return new ClientFailure(
        slow ? ProxyFaults.CLIENT_TOO_SLOW : ProxyFaults.CLIENT_BROKE_OFF, cause);
  }

  Fault fault() {
    return fault;
  }
}
