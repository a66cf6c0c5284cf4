package dev.intermission.bench.load;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Something that runs on a thread of its own beside the one that watches it. */
final class Work {

  /** What runs. */
  interface Body {
    void run() throws InterruptedException;
  }

  private final Thread thread;
  private final FutureTask<Void> task;

  private Work(String name, Callable<Void> body) {
    task = new FutureTask<>(body);
    thread = new Thread(task, name);
    thread.setDaemon(true);
  }

  static Work start(String name, Body body) {
    Work work =
        new Work(
            name,
            () -> {
              body.run();
              return null;
            });
    work.thread.start();
    return work;
  }

  boolean isDone() {
    return task.isDone();
  }

  /** Asks it to stop; does nothing if it is done. */
  void interrupt() {
    if (!isDone()) {
      thread.interrupt();
    }
  }

  /**
   * Waits for its end.
   *
   * @throws IllegalStateException if it failed
   */
  void join() throws InterruptedException {
    try {
      task.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(thread.getName() + " failed", e.getCause());
    }
  }
}
