package dev.intermission.feed.server;

import dev.intermission.api.store.SettingsStore;
import dev.intermission.runtime.BackgroundLoop;
import dev.intermission.runtime.Backoff;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notifies waiters when an environment has a newer version: as soon as {@link #changed} is called,
 * and by reading the store once a second in case nobody called it. One thread reads the versions of
 * all environments that have waiters. Thread-safe.
 */
final class Versions implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Versions.class);
  private static final long POLL_NANOS = Duration.ofSeconds(1).toNanos();

  private final SettingsStore store;
  private final Map<String, Set<Waiter>> waiters = new ConcurrentHashMap<>();

  /** The versions that were read last, of environments that had waiters then. */
  private final Map<String, Long> known = new ConcurrentHashMap<>();

  private final LinkedBlockingQueue<String> changes = new LinkedBlockingQueue<>();
  private final BackgroundLoop loop =
      new BackgroundLoop(
          "feed-versions",
          LOG,
          new BackgroundLoop.Texts(
              "Nodes keep what they serve until the store can be read again",
              "The store can be read again"),
          new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1)),
          this::watch);

  /** The one of CompletableFuture would outlive a web application, and keep its classes. */
  private final ScheduledThreadPoolExecutor timeouts =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread thread = new Thread(task, "feed-timeouts");
            thread.setDaemon(true);
            return thread;
          },
          // Whoever comes after the end is not kept waiting.
          new ThreadPoolExecutor.DiscardPolicy());

  private volatile boolean closed;
  private long lookAtAll = System.nanoTime() + POLL_NANOS;

  private record Waiter(long version, CompletableFuture<Long> newer) {}

  Versions(SettingsStore store) {
    this.store = store;
    timeouts.setRemoveOnCancelPolicy(true);
    loop.start();
  }

  /** To be called when the environment may have a newer version. Returns at once. */
  void changed(String environment) {
    changes.add(environment);
  }

  /**
   * Waits for a newer version without occupying a thread.
   *
   * @return completed with the environment's newest version when that is newer than this one, on
   *     the shared thread, so do not block in continuations; or with the given version when the
   *     time is over or this object was closed
   */
  CompletableFuture<Long> newerThan(String environment, long version, Duration wait) {
    Waiter waiter = new Waiter(version, new CompletableFuture<>());
    Set<Waiter> waiting =
        waiters.computeIfAbsent(environment, name -> ConcurrentHashMap.newKeySet());
    // The waiter is added before the known version is read; the reading thread does it in the
    // opposite order. So one of the two sees a version that arrives at this moment.
    waiting.add(waiter);
    Long newest = known.get(environment);
    if (closed) {
      waiter.newer().complete(version);
    } else if (newest == null) {
      changed(environment);
    } else if (newest > version) {
      waiter.newer().complete(newest);
    }
    Future<?> timeout =
        timeouts.schedule(
            () -> waiter.newer().complete(version), wait.toMillis(), TimeUnit.MILLISECONDS);
    return waiter
        .newer()
        .whenComplete(
            (answer, failure) -> {
              timeout.cancel(false);
              waiting.remove(waiter);
            });
  }

  private void watch(BackgroundLoop self) throws InterruptedException {
    long left = lookAtAll - System.nanoTime();
    String environment = left > 0 ? changes.poll(left, TimeUnit.NANOSECONDS) : null;
    if (environment == null) {
      lookAtAll = System.nanoTime() + POLL_NANOS;
      lookAtAll(self);
    } else {
      changes.removeIf(environment::equals);
      look(environment, self);
    }
  }

  /** One that can't be read does not keep the others from being looked at. */
  private void lookAtAll(BackgroundLoop self) {
    RuntimeException failure = null;
    for (String environment : waiters.keySet()) {
      try {
        look(environment, self);
      } catch (RuntimeException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void look(String environment, BackgroundLoop self) {
    Set<Waiter> waiting = waiters.getOrDefault(environment, Set.of());
    if (waiting.isEmpty()) {
      known.remove(environment);
      return;
    }
    long newest = store.version(environment);
    known.put(environment, newest);
    waiting.stream()
        .filter(waiter -> waiter.version() < newest)
        .forEach(waiter -> waiter.newer().complete(newest));
    self.succeeded();
  }

  /** Ends all waiting. */
  @Override
  public void close() {
    // The flag comes first, so that a request that arrives now ends by itself or with the others.
    closed = true;
    loop.close();
    waiters
        .values()
        .forEach(all -> all.forEach(waiter -> waiter.newer().complete(waiter.version())));
    timeouts.shutdownNow();
  }
}
