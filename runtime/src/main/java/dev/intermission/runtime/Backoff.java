package dev.intermission.runtime;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * Pauses between attempts that fail: each is twice as long as the one before, up to a longest one.
 * The actual length is chosen at random between half of that and all of it, so that many clients
 * that lost the same peer do not come back at the same moment. Not thread-safe.
 */
public final class Backoff {

  private final long shortestMillis;
  private final long longestMillis;
  private long millis;

  /**
   * @param shortest the first pause, at least 1 ms
   * @param longest the longest pause, not below the shortest
   * @throws IllegalArgumentException if the durations are out of range
   */
  public Backoff(Duration shortest, Duration longest) {
    if (shortest.toMillis() < 1 || longest.compareTo(shortest) < 0) {
      throw new IllegalArgumentException(
          "the pauses are "
              + shortest
              + " to "
              + longest
              + "; allowed are 1 ms or more, the longest not below the shortest");
    }
    shortestMillis = shortest.toMillis();
    longestMillis = longest.toMillis();
    millis = shortestMillis;
  }

  /**
   * Waits, and makes the next pause longer.
   *
   * @throws InterruptedException if the thread is interrupted meanwhile
   */
  public void pause() throws InterruptedException {
    Thread.sleep(next(ThreadLocalRandom.current()).toMillis());
  }

  /** Returns the length of the next pause, and makes the one after that longer. */
  Duration next(RandomGenerator random) {
    long due = millis;
    millis = Math.min(longestMillis, due > longestMillis / 2 ? longestMillis : 2 * due);
    return Duration.ofMillis(random.nextLong(due / 2, due + 1));
  }

  /** Makes the next pause the shortest again, after an attempt that succeeded. */
  public void reset() {
    millis = shortestMillis;
  }
}
