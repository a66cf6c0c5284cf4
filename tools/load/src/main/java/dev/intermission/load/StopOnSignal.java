package dev.intermission.load;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a run end in good order on Ctrl-C or SIGTERM: the JVM waits for {@link #disarm}, so that the
 * results are printed and the former settings are restored; it does not wait for ever.
 */
final class StopOnSignal {

  private static final long LONGEST_SECONDS = 30;

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook;

  private StopOnSignal(Runnable stop, PrintStream err) {
    hook =
        new Thread(
            () -> {
              stop.run();
              awaitEnd(err);
            },
            "stop-on-signal");
  }

  /**
   * @param stop called on the signal, from another thread
   * @param err takes a line if the run does not end
   */
  static StopOnSignal arm(Runnable stop, PrintStream err) {
    StopOnSignal armed = new StopOnSignal(stop, err);
    Runtime.getRuntime().addShutdownHook(armed.hook);
    return armed;
  }

  private void awaitEnd(PrintStream err) {
    try {
      if (!ended.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        err.println("intermission load: gave up waiting for the run to end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** To be called when the run has ended and everything is printed. */
  void disarm() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is shutting down already: the hook is what waits for this.
      return;
    }
  }
}
