package dev.intermission.gateway.server;

import org.eclipse.jetty.server.Server;

/** Stops Jetty servers. */
public final class Servers {

  private Servers() {}

  /**
   * Stops the server in good order; does nothing if it was not started. If the thread is
   * interrupted it stops at once, and the flag is set.
   */
  public static void stop(Server server) {
    try {
      server.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      throw new IllegalStateException("A listener could not stop in good order", e);
    }
  }
}
