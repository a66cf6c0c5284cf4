package dev.intermission.load;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Something that runs on a thread of its own beside the one that watches it. */
final class Work<T> {

  private final Thread thread;
  private final FutureTask<T> task;

  private Work(String name, Callable<T> body) {
    task = new FutureTask<>(body);
    thread = new Thread(task, name);
    thread.setDaemon(true);
  }

  static <T> Work<T> start(String name, Callable<T> body) {
    Work<T> work = new Work<>(name, body);
    work.thread.start();
    return work;
  }

  /** Waits for the end of the work, at most for this time, and returns whether it has ended. */
  boolean await(Duration longest) throws InterruptedException {
    try {
      task.get(longest.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      return true;
    }
  }

  /** Asks the work to stop; does nothing if it has ended. */
  void interrupt() {
    if (!task.isDone()) {
      thread.interrupt();
    }
  }

  /**
   * Waits for the end of the work, and returns its result.
   *
   * @throws IllegalStateException if it failed
   */
  T join() throws InterruptedException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(thread.getName() + " failed", e.getCause());
    }
  }
}
