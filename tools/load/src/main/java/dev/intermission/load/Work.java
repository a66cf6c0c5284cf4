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

  /** Waits for its end, but no longer than this, and returns whether it has ended. */
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

  /** Asks it to stop; does nothing if it is done. */
  void interrupt() {
    if (!task.isDone()) {
      thread.interrupt();
    }
  }

  /**
   * Waits for its end, and returns its result.
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
