package dev.intermission.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.function.IntUnaryOperator;

/**
 * Which ports the nodes get, by their number.
 *
 * @param admin the management API's of an admin node
 * @param traffic clients' of a gateway node
 * @param probes the probes' of a gateway node
 */
record FleetPorts(IntUnaryOperator admin, IntUnaryOperator traffic, IntUnaryOperator probes) {

  /** Counts up from the ports that a single gateway has. */
  static FleetPorts fixed() {
    return new FleetPorts(n -> 9090 + n, n -> 8080 + n, n -> 9190 + n);
  }

  /** Takes ports that are free now; a process could take one before the node does. */
  static FleetPorts free() {
    return new FleetPorts(n -> freePort(), n -> freePort(), n -> freePort());
  }

  /** Returns a port that is free now. */
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("there is no free port", e);
    }
  }
}
