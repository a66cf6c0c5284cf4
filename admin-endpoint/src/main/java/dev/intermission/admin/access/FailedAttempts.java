package dev.intermission.admin.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;

/**
 * Counts failures by key. Each key has a time window that begins with its first failure. Beyond
 * {@value #MAX_KEYS} keys the least used ones are forgotten. Thread-safe.
 */
final class FailedAttempts {

  private static final int MAX_KEYS = 10_000;
  private static final int MAX_KEY_LENGTH = 256;

  private final int limit;
  private final long window;
  private final Ticker ticker;
  private final Cache<String, Failures> failures;

  /** The number of failures since a time of the ticker. */
  private record Failures(int count, long since) {}

  FailedAttempts(int limit, Duration window, Ticker ticker) {
    this.limit = limit;
    this.window = window.toNanos();
    this.ticker = ticker;
    failures =
        Caffeine.newBuilder()
            .maximumSize(MAX_KEYS)
            .ticker(ticker)
            .expireAfter(Expiry.<String, Failures>creating((key, value) -> window))
            .build();
  }

  /** Returns how long attempts with this key are refused from now; zero if they are allowed. */
  Duration refusedFor(String key) {
    Failures known = failures.getIfPresent(shortened(key));
    if (known == null || known.count() < limit) {
      return Duration.ZERO;
    }
    return Duration.ofNanos(Math.max(0, window - (ticker.read() - known.since())));
  }

  /** Counts a failure with this key. */
  void add(String key) {
    failures
        .asMap()
        .merge(
            shortened(key),
            new Failures(1, ticker.read()),
            (known, one) -> new Failures(known.count() + 1, known.since()));
  }

  private static String shortened(String key) {
    return key.length() <= MAX_KEY_LENGTH ? key : key.substring(0, MAX_KEY_LENGTH);
  }
}
