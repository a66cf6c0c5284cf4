package dev.intermission.gate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Instant;

/** A cache of the prepared answers of closed proxies, limited by their total size in bytes. */
final class Answers {

  private final Cache<ServedProxy, Answer> prepared;
  private final SharedSecond now;
  private final Clock clock;

  Answers(long maxBytes, SharedSecond now, Clock clock) {
    this.now = now;
    this.clock = clock;
    prepared =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .weigher((ServedProxy proxy, Answer answer) -> answer.weight())
            .build();
  }

  /** Reads the clock; not for every request. */
  Instant now() {
    return clock.instant();
  }

  Answer of(ServedProxy proxy) {
    Answer answer = prepared.getIfPresent(proxy);
    return answer != null ? answer : prepared.get(proxy, this::prepare);
  }

  /**
   * Forgets the answer of a proxy that is no longer served. If a request prepares the answer at
   * this moment, it stays in the cache until it is evicted; no request asks for it any more, and
   * the limit still holds.
   */
  void forget(ServedProxy proxy) {
    prepared.invalidate(proxy);
  }

  private Answer prepare(ServedProxy proxy) {
    return AnswerFactory.of(proxy.deployed().settings(), now);
  }
}
