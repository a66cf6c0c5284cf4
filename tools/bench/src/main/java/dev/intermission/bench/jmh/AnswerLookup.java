package dev.intermission.bench.jmh;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What it costs to bound the answers' memory: the cache that does it, against what does not. All
 * hold an answer for each of 10,000 proxies, and are asked for them in turn.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AnswerLookup {

  private static final int PROXIES = 10_000;

  /** Equal only to itself, as a served proxy is. */
  private static final class Key {
    private final int place;
    private volatile byte @Nullable [] answer;

    Key(int place) {
      this.place = place;
    }
  }

  private final Cache<Key, byte[]> bounded =
      Caffeine.newBuilder()
          .maximumWeight(64 << 20)
          .weigher((Key key, byte[] answer) -> answer.length)
          .build();
  private final ConcurrentHashMap<Key, byte[]> map = new ConcurrentHashMap<>();
  private final AtomicReferenceArray<byte[]> array = new AtomicReferenceArray<>(PROXIES);
  private final List<Key> keys = new ArrayList<>();
  private int next;

  /** Fills all of them. */
  @Setup
  public void fill() {
    for (int place = 0; place < PROXIES; place++) {
      Key key = new Key(place);
      byte[] answer = new byte[100];
      key.answer = answer;
      keys.add(key);
      bounded.put(key, answer);
      map.put(key, answer);
      array.set(place, answer);
    }
  }

  private Key next() {
    next = next + 7_919 < PROXIES ? next + 7_919 : next + 7_919 - PROXIES;
    return keys.get(next);
  }

  /** Caffeine, bounded by weight. */
  @Benchmark
  public byte @Nullable [] caffeine() {
    return bounded.getIfPresent(next());
  }

  /** A map without a bound. */
  @Benchmark
  public byte @Nullable [] concurrentHashMap() {
    return map.get(next());
  }

  /** An array by the proxy's place. */
  @Benchmark
  public byte @Nullable [] array() {
    return array.get(next().place);
  }

  /** A field of the proxy itself. */
  @Benchmark
  public byte @Nullable [] volatileField() {
    return next().answer;
  }
}
