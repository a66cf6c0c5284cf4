package dev.intermission.gateway.command;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGHUP, by which a service manager says that the configuration changed. Windows has no such
 * signal, and a JVM that is run with {@code -Xrs} leaves it to the system, which ends the process.
 *
 * <p>The JDK has no other way to hear a signal than {@code sun.misc.Signal} of its module
 * jdk.unsupported (JEP 260).
 */
final class ReloadSignal {

  private static final Logger LOG = LoggerFactory.getLogger(ReloadSignal.class);

  private ReloadSignal() {}

  /** Does this at each SIGHUP from now on, on a thread of the JVM. */
  static void handle(Runnable reload) {
    try {
      sun.misc.Signal.handle(
          new sun.misc.Signal("HUP"),
          signal -> {
            try {
              reload.run();
            } catch (RuntimeException e) {
              LOG.error("The configuration could not be read again", e);
            }
          });
    } catch (IllegalArgumentException e) {
      LOG.info("SIGHUP can't be heard here ({}); POST /reload does the same", e.getMessage());
    }
  }
}
