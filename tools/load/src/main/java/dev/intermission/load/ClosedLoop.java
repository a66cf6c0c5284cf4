package dev.intermission.load;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** Keeps a number of requests in progress: when one is answered, the next one is sent at once. */
final class ClosedLoop implements Pace {

  private static final long PAUSE_MILLIS = 10;

  private final Sender sender;
  private final Span span;
  private final int concurrency;
  private final Scheduler scheduler;
  private final CountDownLatch running;

  /**
   * @param scheduler delays the request after one that got no answer, so that a target that is down
   *     is not flooded
   */
  ClosedLoop(Sender sender, Span span, int concurrency, Scheduler scheduler) {
    this.sender = sender;
    this.span = span;
    this.concurrency = concurrency;
    this.scheduler = scheduler;
    running = new CountDownLatch(concurrency);
  }

  @Override
  public void run() throws InterruptedException {
    for (int i = 0; i < concurrency; i++) {
      next();
    }
    running.await();
  }

  private void next() {
    long now = System.nanoTime();
    if (span.isOver(now)) {
      running.countDown();
    } else {
      sender.send(now, this::follow);
    }
  }

  private void follow(@Nullable Failure failure) {
    if (failure == Failure.NOT_CONNECTED || failure == Failure.BROKEN) {
      scheduler.schedule(this::next, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    } else {
      next();
    }
  }
}
