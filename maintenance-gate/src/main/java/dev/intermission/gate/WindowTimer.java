package dev.intermission.gate;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Wakes a gate when the next second begins or the next window does, whichever is first. It has a
 * thread only while it is set. Waking each second also notices that the clock was set. Guarded by
 * its gate.
 */
final class WindowTimer implements AutoCloseable {

  /** Windows that begin or end shortly after another are taken together. */
  private static final long SHORTEST_MILLIS = 10;

  private static final long IDLE_MILLIS = 100;

  private final Runnable task;
  private final ScheduledThreadPoolExecutor executor;
  private @Nullable Future<?> next;

  WindowTimer(Runnable task) {
    this.task = task;
    executor = new ScheduledThreadPoolExecutor(1, daemons());
    executor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    executor.setRemoveOnCancelPolicy(true);
    executor.setKeepAliveTime(IDLE_MILLIS, TimeUnit.MILLISECONDS);
    executor.allowCoreThreadTimeOut(true);
  }

  private static ThreadFactory daemons() {
    return task -> {
      Thread thread = Executors.defaultThreadFactory().newThread(task);
      thread.setName("maintenance-windows");
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Sets the timer anew. */
  void set(Instant now, Instant boundary) {
    cancel();
    Instant nextSecond = now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    Instant wake = boundary.isBefore(nextSecond) ? boundary : nextSecond;
    // Rounded up, since a timer that is early finds nothing to do.
    long millis = (ChronoUnit.MICROS.between(now, wake) + 999) / 1000;
    next = executor.schedule(task, Math.max(SHORTEST_MILLIS, millis), TimeUnit.MILLISECONDS);
  }

  /** Ends what was set. */
  void cancel() {
    if (next != null) {
      next.cancel(false);
      next = null;
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
