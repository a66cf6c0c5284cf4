package dev.intermission.gateway.server;

import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.Server;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops Jetty servers. */
public final class Servers {

  private static final Logger LOG = LoggerFactory.getLogger(Servers.class);

  private Servers() {}

  /**
   * Stops the server in good order; does nothing if it was not started. Requests that take longer
   * than its stop time-out are cut off. If the thread is interrupted it stops at once, and the flag
   * is set.
   */
  public static void stop(Server server) {
    try {
      server.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      LOG.warn(
          "Requests that were not answered within the {} ms left for them were cut off",
          server.getStopTimeout());
      requireNothingElse(e);
    } catch (Exception e) {
      throw new IllegalStateException("A listener could not stop in good order", e);
    }
  }

  /** Jetty adds failures that occur after the time for requests was over. */
  private static void requireNothingElse(TimeoutException timeout) {
    if (timeout.getSuppressed().length > 0) {
      throw new IllegalStateException("A listener could not stop in good order", timeout);
    }
  }
}
