package dev.intermission.bench.compare;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports for servers that have to be told one. */
final class FreePort {

  private FreePort() {}

  /** Returns a port of the loopback interface that is free now. */
  static int free() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new CompareException("no port is free: " + e.getMessage(), e);
    }
  }
}
