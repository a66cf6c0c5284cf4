package dev.intermission.load;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Sends at a given rate, as clients do who know nothing of each other: the n-th request is due at
 * its time whether or not those before it were answered. When the target stalls, the requests that
 * are due meanwhile wait, and their waiting is in their latency.
 */
final class OpenLoop implements Pace {

  /** Bounds the memory that waiting requests take; what is due beyond waits to be sent. */
  static final int MOST_UNDER_WAY = 20_000;

  private static final long GRACE_NANOS = 1_000_000_000;

  private final Sender sender;
  private final Span span;
  private final double rate;
  private final Semaphore free = new Semaphore(MOST_UNDER_WAY);

  OpenLoop(Sender sender, Span span, double rate) {
    this.sender = sender;
    this.span = span;
    this.rate = rate;
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

  /** Takes one of the places, and waits for it no longer than load runs. */
  private boolean mayStillSend() throws InterruptedException {
    long left = span.end() + GRACE_NANOS - System.nanoTime();
    return left > 0 && free.tryAcquire(left, TimeUnit.NANOSECONDS);
  }
}
