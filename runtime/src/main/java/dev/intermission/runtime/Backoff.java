package dev.intermission.runtime;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * Pauses between attempts that fail: each is twice as long as the one before, up to a longest one.
 * Each takes from half of its length to all of it, by chance, so that many who lost the same peer
 * don't come back at one moment. For one thread.
 */
public final class Backoff {

  private final long shortestMillis;
  private final long longestMillis;
  private long millis;

  /**
   * @param shortest the first pause, at least 1 ms
   * @param longest the longest pause, not below the shortest
   * @throws IllegalArgumentException if they are not so
   */
  public Backoff(Duration shortest, Duration longest) {
    if (shortest.toMillis() < 1 || longest.compareTo(shortest) < 0) {
      throw new IllegalArgumentException(
          "the pauses are %s to %s; allowed are 1 ms or more, the longest not below the shortest"
              .formatted(shortest, longest));
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

  /** Returns how long the pause takes that is due now, and makes the next one longer. */
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
