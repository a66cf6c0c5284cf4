package dev.intermission.load;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Sends requests at a given rate, like independent clients: the n-th request is due at its time
 * whether or not the earlier ones were answered. If the target stalls, the requests that are due
 * meanwhile wait, and their latency includes the waiting.
 */
final class OpenLoop implements Pace {

  /** Limits the memory of waiting requests; further requests are sent later. */
  static final int MOST_UNDER_WAY = 20_000;

  private final Sender sender;
  private final Span span;
  private final double rate;
  private final long latest;
  private final Semaphore free = new Semaphore(MOST_UNDER_WAY);

  /**
   * Makes a loop.
   *
   * @param timeout how long an answer is waited for; half as long after the end of the load, what
   *     is still due may be sent: a machine that stood still has caught up by then, and the places
   *     that requests without an answer hold are still taken
   */
  OpenLoop(Sender sender, Span span, double rate, Duration timeout) {
    this.sender = sender;
    this.span = span;
    this.rate = rate;
    latest = span.end() + timeout.toNanos() / 2;
  }

  @Override
  public void run() throws InterruptedException {
    for (long n = 0; ; n++) {
      long due = span.start() + (long) (n * 1e9 / rate);
      span.await(due);
      if (span.isOver(due)) {
        break;
      }
      if (mayStillSend()) {
        sender.send(due, failure -> free.release());
      } else {
        sender.notSent(due);
      }
    }
    free.acquire(MOST_UNDER_WAY);
  }

  /** Waits for a free place, but not for long after the end of the load. */
  private boolean mayStillSend() throws InterruptedException {
    long left = latest - System.nanoTime();
    return left > 0 && free.tryAcquire(left, TimeUnit.NANOSECONDS);
  }
}
