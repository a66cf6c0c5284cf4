package dev.intermission.admin.trace;

import dev.intermission.api.store.TraceStore;
import dev.intermission.runtime.BackgroundLoop;
import dev.intermission.runtime.Backoff;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes traced requests that are too old, or were deleted: at the start, and each hour. */
final class TracesPruning implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TracesPruning.class);
  private static final Duration BETWEEN = Duration.ofHours(1);

  private final TraceStore traces;
  private final Semaphore soon = new Semaphore(0);
  private final BackgroundLoop loop;

  TracesPruning(TraceStore traces) {
    this.traces = traces;
    loop =
        new BackgroundLoop(
            "trace-pruning",
            LOG,
            new BackgroundLoop.Texts(
                "Traced requests that are too old can't be deleted",
                "Traced requests that are too old are deleted again"),
            new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(10)),
            this::prune);
  }

  void start() {
    loop.start();
  }

  /** To be called when something was deleted. Returns at once. */
  void soon() {
    soon.release();
  }

  private void prune(BackgroundLoop self) throws InterruptedException {
    int deleted = traces.prune();
    if (deleted > 0) {
      LOG.info("Deleted {} traced requests, which were too old or too many", deleted);
    }
    self.succeeded();
    if (soon.tryAcquire(BETWEEN.toNanos(), TimeUnit.NANOSECONDS)) {
      soon.drainPermits();
    }
  }

  @Override
  public void close() {
    loop.close();
  }
}
