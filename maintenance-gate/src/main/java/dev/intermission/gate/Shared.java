package dev.intermission.gate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.function.Function;

/**
 * Makes equal values one object, as long as anything holds it. Many proxies are often closed in the
 * same way, and what many requests read stays in the processor's caches. Thread-safe.
 *
 * @param <K> what a value is made of; it must not hold the value
 * @param <V> an immutable value
 */
final class Shared<K, V> {

  private final Cache<K, V> made = Caffeine.newBuilder().weakValues().build();
  private final Function<K, V> maker;

  Shared(Function<K, V> maker) {
    this.maker = maker;
  }

  /** Returns the value of equal sources. */
  V of(K source) {
    return made.get(source, maker);
  }
}
