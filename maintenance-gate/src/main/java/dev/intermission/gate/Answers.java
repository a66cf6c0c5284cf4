package dev.intermission.gate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/** The prepared answers of closed proxies, bounded by their bytes. */
final class Answers {

  private final Cache<ServedProxy, Answer> prepared;

  Answers(long maxBytes) {
    prepared =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .weigher((ServedProxy proxy, Answer answer) -> answer.weight())
            .build();
  }

  Answer of(ServedProxy proxy) {
    Answer answer = prepared.getIfPresent(proxy);
    return answer != null ? answer : prepared.get(proxy, Answers::prepare);
  }

  /**
   * Forgets the answer of a proxy that is no longer served. One that a request prepares for it at
   * this moment stays until it is evicted: nobody asks for it, and the bound holds.
   */
  void forget(ServedProxy proxy) {
    prepared.invalidate(proxy);
  }

  private static Answer prepare(ServedProxy proxy) {
    return Answer.of(proxy.deployed().settings());
  }
}
