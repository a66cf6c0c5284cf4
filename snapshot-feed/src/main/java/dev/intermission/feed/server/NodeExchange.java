package dev.intermission.feed.server;

import dev.intermission.api.store.NodeRegistry;
import dev.intermission.api.store.NodeReport;
import dev.intermission.api.store.SettingsStore;
import dev.intermission.api.store.StoreUnavailableException;
import dev.intermission.runtime.BackgroundLoop;
import dev.intermission.runtime.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the other admin nodes of the nodes that are heard of here, and the other way round, through
 * the store. A thread of its own does so each second, and tells at once of a version that a node
 * has taken, since somebody may be waiting for that.
 */
final class NodeExchange implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NodeExchange.class);
  private static final Duration BETWEEN = Duration.ofSeconds(1);

  /** So that the acknowledgements of many nodes go into one transaction. */
  private static final Duration COLLECT = Duration.ofMillis(20);

  private static final Duration FORGOTTEN_AFTER = Duration.ofDays(1);
  private static final Duration BETWEEN_FORGETTING = Duration.ofHours(1);

  private final SettingsStore store;
  private final NodeRegistry registry;
  private final NodeDirectory nodes;
  private final Object telling = new Object();
  private final Semaphore news = new Semaphore(0);
  private final BackgroundLoop loop =
      new BackgroundLoop(
          "feed-nodes",
          LOG,
          new BackgroundLoop.Texts(
              "Admin nodes don't hear of each other's gateways",
              "Admin nodes hear of each other's gateways again"),
          new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1)),
          this::exchange);
  private long nextForgetting = System.nanoTime();

  NodeExchange(SettingsStore store, NodeRegistry registry, NodeDirectory nodes) {
    this.store = store;
    this.registry = registry;
    this.nodes = nodes;
    loop.start();
  }

  /** Says that a node has taken a version. Returns at once. */
  void acknowledged() {
    news.release();
  }

  /**
   * Learns what other admin nodes know now.
   *
   * @throws StoreUnavailableException if the store can't be read
   */
  void learn(String environment) {
    nodes.learn(environment, registry.nodes(environment));
  }

  /**
   * Tells that a node follows the environment no more.
   *
   * @throws StoreUnavailableException if the store can't write; the node is known until it is
   *     silent for long
   */
  void left(String environment, String node) {
    // Else a report that is on its way would bring it back.
    synchronized (telling) {
      nodes.remove(environment, node);
      registry.remove(environment, node);
    }
  }

  private void exchange(BackgroundLoop self) throws InterruptedException {
    boolean bothWays = !news.tryAcquire(BETWEEN.toMillis(), TimeUnit.MILLISECONDS);
    if (!bothWays) {
      Thread.sleep(COLLECT.toMillis());
      news.drainPermits();
    }
    tell();
    if (bothWays) {
      store.environments().forEach(this::learn);
      forget();
    }
    self.succeeded();
  }

  /** What is lost where this fails does not stay lost: each node reports again within a poll. */
  private void tell() {
    synchronized (telling) {
      List<NodeReport> reports = nodes.takeUntold();
      if (!reports.isEmpty()) {
        registry.report(reports);
      }
    }
  }

  private void forget() {
    if (System.nanoTime() - nextForgetting >= 0) {
      registry.forget(FORGOTTEN_AFTER);
      nodes.forget(FORGOTTEN_AFTER);
      nextForgetting = System.nanoTime() + BETWEEN_FORGETTING.toNanos();
    }
  }

  @Override
  public void close() {
    loop.close();
  }
}
