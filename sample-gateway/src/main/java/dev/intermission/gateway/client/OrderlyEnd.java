package dev.intermission.gateway.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;

/**
 * Lets a command that is interrupted (Ctrl-C, SIGTERM, SIGHUP) finish what it must not leave
 * behind, and end with an exit code of its own. The JVM begins to shut down at the signal, and
 * waits for a hook that waits for the command.
 */
final class OrderlyEnd {

  private final CompletableFuture<Boolean> wanted = new CompletableFuture<>();
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();
  private final Duration longest;
  private final IntSupplier tooLate;
  private final Thread hook = new Thread(this::awaitEnd, "orderly-end");

  private OrderlyEnd(Duration longest, IntSupplier tooLate) {
    this.longest = longest;
    this.tooLate = tooLate;
  }

  /**
   * Begins to watch for an interruption.
   *
   * @param longest how long the command may take to end after it
   * @param tooLate tells that it takes longer, and returns the exit code then
   */
  static OrderlyEnd begun(Duration longest, IntSupplier tooLate) {
    OrderlyEnd end = new OrderlyEnd(longest, tooLate);
    Runtime.getRuntime().addShutdownHook(end.hook);
    return end;
  }

  /** Waits for so long, or until the end is wanted; returns whether it is. */
  boolean isWantedWithin(Duration time) {
    return isDoneWithin(wanted, time);
  }

  /** Waits for so long, until this is done, or until the end is wanted; returns whether it is. */
  boolean isWantedBefore(CompletableFuture<?> task, Duration time) {
    isDoneWithin(CompletableFuture.anyOf(wanted, task.handle((result, failure) -> true)), time);
    return wanted.isDone();
  }

  private boolean isDoneWithin(CompletableFuture<?> future, Duration time) {
    try {
      future.get(time.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // None of them fails.
    } catch (InterruptedException e) {
      // Of a caller in the same process. The end has calls to make, which would fail at once.
      wanted.complete(true);
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
    wanted.complete(true);
    int code;
    try {
      code = ended.get(longest.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | InterruptedException | ExecutionException e) {
      code = tooLate.getAsInt();
    }
    // The signal's own code would hide how it ended.
    Runtime.getRuntime().halt(code);
  }
}
