package dev.intermission.admin.trace;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.intermission.api.ProxyId;
import dev.intermission.api.store.Author;
import dev.intermission.api.store.TraceStore;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Notes in the audit who reads what was recorded, before it is given away. A list that the same
 * user asks for again within a minute, for instance its next page, is noted once. Thread-safe.
 */
final class TracesReaders {

  private static final Duration ONCE_IN = Duration.ofMinutes(1);
  private static final int MOST = 10_000;

  private final TraceStore traces;
  private final Cache<Reader, Boolean> noted;

  private record Reader(String username, ProxyId proxy) {}

  TracesReaders(TraceStore traces, Clock clock) {
    this.traces = traces;
    noted =
        Caffeine.newBuilder()
            .expireAfterWrite(ONCE_IN)
            .maximumSize(MOST)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .build();
  }

  /**
   * Notes that a list was read.
   *
   * @throws dev.intermission.api.store.StoreUnavailableException if it can't be noted
   */
  void readList(ProxyId proxy, String filter, Author author) {
    boolean unused =
        noted.get(
            new Reader(author.username(), proxy),
            reader -> {
              traces.read(proxy, filter.isEmpty() ? "list" : "list with " + filter, author);
              return true;
            });
  }

  /**
   * Notes that a record was read.
   *
   * @throws dev.intermission.api.store.StoreUnavailableException if it can't be noted
   */
  void readRecord(ProxyId proxy, String id, Author author) {
    traces.read(proxy, "record " + id, author);
  }
}
