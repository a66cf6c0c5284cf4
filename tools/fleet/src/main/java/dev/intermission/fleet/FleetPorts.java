package dev.intermission.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.function.IntUnaryOperator;

/**
 * The ports of the nodes, by the number of the node.
 *
 * @param admin the management API's of an admin node
 * @param traffic clients' of a gateway node
 * @param probes the probes' of a gateway node
 */
record FleetPorts(IntUnaryOperator admin, IntUnaryOperator traffic, IntUnaryOperator probes) {

  /** Counts up from these ports; 0 takes ports that are free. */
  static FleetPorts from(int admin, int traffic, int probes) {
    return new FleetPorts(from(admin), from(traffic), from(probes));
  }

  private static IntUnaryOperator from(int first) {
    return first == 0 ? n -> freePort() : n -> first + n;
  }

  /** Takes ports that are free now; a process could take one before the node does. */
  static FleetPorts free() {
    return from(0, 0, 0);
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
