package dev.intermission.admin.health;

import dev.intermission.admin.http.Refusal;
import dev.intermission.api.ProxyId;
import dev.intermission.api.SnapshotFeed;
import dev.intermission.feed.server.AdminFeed;
import dev.intermission.runtime.BackgroundLoop;
import dev.intermission.runtime.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls that wait until a proxy is drained, without a thread of their own. One thread looks for
 * all of them: as soon as this admin node hears of counts, and a few times a second for what others
 * hear. Calls that wait for the same proxy share what it sees. Thread-safe.
 */
final class DrainWaits<T> implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DrainWaits.class);
  static final int OF_USER = 20;
  static final int IN_ALL = 200;

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private final Function<Key, T> look;
  private final Predicate<T> isDrained;
  private final Map<Key, List<Wait<T>>> waiting = new ConcurrentHashMap<>();
  private final Semaphore news = new Semaphore(0);
  private final SnapshotFeed.Subscription listening;
  private final BackgroundLoop loop =
      new BackgroundLoop(
          "drain-waits",
          LOG,
          new BackgroundLoop.Texts(
              "Calls that wait until an API is drained are not answered in time",
              "Calls that wait until an API is drained are answered again"),
          new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1)),
          this::look);
  private volatile boolean closed;

  /** The proxy that is waited for, in an environment. */
  record Key(ProxyId proxy, String environment) {}

  private record Wait<T>(String user, long deadline, CompletableFuture<T> answer) {

    boolean isDue() {
      return System.nanoTime() - deadline >= 0;
    }
  }

  /**
   * Waits for what a feed hears.
   *
   * @param look tells how a proxy stands; called on the thread of this object
   */
  DrainWaits(AdminFeed feed, Function<Key, T> look, Predicate<T> isDrained) {
    this.look = look;
    this.isDrained = isDrained;
    listening = feed.onCounts(this::heard);
    loop.start();
  }

  private void heard() {
    if (!waiting.isEmpty()) {
      news.release();
    }
  }

  /**
   * Waits until the proxy is drained, or the time is over.
   *
   * @param user who waits
   * @return completed with what was seen last, or with the failure of the look; whoever cancels it
   *     does not wait any more
   * @throws Refusal if too many wait already
   */
  synchronized CompletableFuture<T> until(Key key, String user, Duration longest) {
    List<Wait<T>> present = waiting.values().stream().flatMap(List::stream).toList();
    if (present.stream().filter(other -> other.user().equals(user)).count() >= OF_USER) {
      throw Refusal.tooManyWaits(OF_USER, true);
    }
    if (present.size() >= IN_ALL) {
      throw Refusal.tooManyWaits(IN_ALL, false);
    }
    Wait<T> wait =
        new Wait<>(user, System.nanoTime() + longest.toNanos(), new CompletableFuture<>());
    waiting.compute(
        key,
        (same, there) -> {
          List<Wait<T>> all = there == null ? new ArrayList<>() : new ArrayList<>(there);
          all.add(wait);
          return List.copyOf(all);
        });
    CompletableFuture<T> unused =
        wait.answer()
            .whenComplete(
                (seen, failure) -> {
                  if (wait.answer().isCancelled()) {
                    end(key, List.of(wait));
                  }
                });
    news.release();
    return wait.answer();
  }

  private void look(BackgroundLoop self) throws InterruptedException {
    if (waiting.isEmpty()) {
      news.acquire();
    } else if (news.tryAcquire(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
      news.drainPermits();
    }
    waiting.keySet().forEach(this::look);
    // A look hears of counts itself; what else came meanwhile is seen with the next one.
    news.drainPermits();
    self.succeeded();
  }

  private void look(Key key) {
    List<Wait<T>> all = waiting.getOrDefault(key, List.of());
    try {
      T seen = look.apply(key);
      boolean toAll = closed || isDrained.test(seen);
      end(key, all.stream().filter(wait -> toAll || wait.isDue()).toList())
          .forEach(wait -> wait.answer().complete(seen));
    } catch (RuntimeException e) {
      end(key, all).forEach(wait -> wait.answer().completeExceptionally(e));
    }
  }

  private List<Wait<T>> end(Key key, List<Wait<T>> over) {
    waiting.computeIfPresent(
        key,
        (same, present) -> {
          List<Wait<T>> left = new ArrayList<>(present);
          left.removeAll(over);
          return left.isEmpty() ? null : List.copyOf(left);
        });
    return over;
  }

  /** Answers all that wait with what is seen now, and from now on everyone at once. */
  void end() {
    closed = true;
    news.release();
  }

  /** Ends the thread; to be called when nobody waits any more. */
  @Override
  public void close() {
    end();
    listening.close();
    loop.close();
  }
}
