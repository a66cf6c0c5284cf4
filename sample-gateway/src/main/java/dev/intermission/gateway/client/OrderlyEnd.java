package dev.intermission.gateway.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lets a command that is interrupted (Ctrl-C, SIGTERM, SIGHUP) finish what it must not leave
 * behind, and end with an exit code of its own. The JVM begins to shut down at the signal, and
 * waits for a hook that waits for the command.
 */
final class OrderlyEnd {

  private final CountDownLatch wanted = new CountDownLatch(1);
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();
  private final Duration longest;
  private final Runnable tooLate;
  private final int codeIfTooLate;
  private final Thread hook = new Thread(this::awaitEnd, "orderly-end");

  private OrderlyEnd(Duration longest, Runnable tooLate, int codeIfTooLate) {
    this.longest = longest;
    this.tooLate = tooLate;
    this.codeIfTooLate = codeIfTooLate;
  }

  /**
   * Begins to watch for an interruption.
   *
   * @param longest how long the command may take to end after it
   * @param tooLate what is told if it takes longer
   * @param codeIfTooLate the exit code then
   */
  static OrderlyEnd begun(Duration longest, Runnable tooLate, int codeIfTooLate) {
    OrderlyEnd end = new OrderlyEnd(longest, tooLate, codeIfTooLate);
    Runtime.getRuntime().addShutdownHook(end.hook);
    return end;
  }

  /** Waits for so long, or until the end is wanted; returns whether it is. */
  boolean isWantedWithin(Duration time) {
    try {
      return wanted.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      // Of a caller in the same process. The end has calls to make, which would fail at once.
      return true;
    }
  }

  /** Says that the command has told all, and that this is its exit code. */
  void ended(int code) {
    ended.complete(code);
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The hook is running; it ends the process with the code.
      return;
    }
  }

  private void awaitEnd() {
    wanted.countDown();
    int code = codeIfTooLate;
    try {
      code = ended.get(longest.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | InterruptedException | ExecutionException e) {
      tooLate.run();
    }
    // The signal's own code would hide how it ended.
    Runtime.getRuntime().halt(code);
  }
}
