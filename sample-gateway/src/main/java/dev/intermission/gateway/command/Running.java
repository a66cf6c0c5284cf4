package dev.intermission.gateway.command;

import dev.intermission.gateway.Gateway;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A gateway that runs until the process is told to stop. */
final class Running {

  private static final Logger LOG = LoggerFactory.getLogger(Running.class);

  private final Gateway gateway;
  private final Terminal terminal;

  Running(Gateway gateway, Terminal terminal) {
    this.gateway = gateway;
    this.terminal = terminal;
  }

  /**
   * Prints a line when the gateway is ready, and waits; returns only if the thread is interrupted.
   */
  int untilStopped() throws InterruptedException {
    Thread stop = new Thread(this::stop, "stop");
    Runtime.getRuntime().addShutdownHook(stop);
    gateway.awaitReady();
    terminal.print("Intermission is ready");
    new CountDownLatch(1).await();
    return 0;
  }

  /**
   * Ends the process with the exit code 0, since it was asked to stop; the JVM would use 128 plus
   * the signal.
   */
  private void stop() {
    int status = 0;
    try {
      endInTime();
      LOG.info("Stopping when the requests in flight are answered");
      gateway.close();
      LOG.info("Stopped");
    } catch (RuntimeException e) {
      LOG.error("Could not stop in good order", e);
      status = 1;
    }
    end(status);
  }

  /** Ends the process when the time for stopping is over, whatever it still waits for. */
  private void endInTime() {
    Thread end =
        new Thread(
            () -> {
              try {
                Thread.sleep(gateway.timeToStop().toMillis());
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              LOG.warn("Stopped before everything had ended, since the shutdown time-out is over");
              end(0);
            },
            "stop-in-time");
    end.setDaemon(true);
    end.start();
  }

  private void end(int status) {
    terminal.out().flush();
    Runtime.getRuntime().halt(status);
  }
}
