package dev.intermission.feed.server;

import dev.intermission.api.store.NodeRegistry;
import dev.intermission.api.store.NodeReport;
import dev.intermission.api.store.SettingsStore;
import dev.intermission.api.store.StoreUnavailableException;
import dev.intermission.api.store.ToldCounts;
import dev.intermission.runtime.BackgroundLoop;
import dev.intermission.runtime.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps reports of nodes in the store, and exchanges them with the other admin nodes through it. A
 * thread does so each second, and at once when a node has taken a version or an API is drained,
 * since someone may be waiting for it.
 */
final class NodeExchange implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NodeExchange.class);
  private static final Duration BETWEEN = Duration.ofSeconds(1);

  /** A short pause, so that the acknowledgements of many nodes go into one transaction. */
  private static final Duration COLLECT = Duration.ofMillis(20);

  private static final Duration FORGOTTEN_AFTER = Duration.ofDays(1);
  private static final Duration BETWEEN_FORGETTING = Duration.ofHours(1);

  private final SettingsStore store;
  private final NodeRegistry registry;
  private final NodeDirectory nodes;
  private final CountDirectory counts;
  private final Predicate<String> isTold;
  private final Object telling = new Object();
  private final Semaphore news = new Semaphore(0);
  private final BackgroundLoop loop =
      new BackgroundLoop(
          "feed-nodes",
          LOG,
          new BackgroundLoop.Texts(
              "Reports of gateways can't be kept in the store and exchanged through it",
              "Reports of gateways are kept in the store and exchanged through it again"),
          new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1)),
          this::exchange);
  private long nextForgetting = System.nanoTime();

  /**
   * @param isTold whether the node of this name is of interest to another admin node, or to this
   *     one when it is started again
   */
  NodeExchange(
      SettingsStore store,
      NodeRegistry registry,
      NodeDirectory nodes,
      CountDirectory counts,
      Predicate<String> isTold) {
    this.store = store;
    this.registry = registry;
    this.nodes = nodes;
    this.counts = counts;
    this.isTold = isTold;
    loop.start();
  }

  /**
   * To be called when a node has taken a version, or the last request to a closed proxy has ended
   * there. Returns at once.
   */
  void urgent() {
    news.release();
  }

  /**
   * Takes over what the other admin nodes have reported.
   *
   * @throws StoreUnavailableException if the store can't be read
   */
  void learn(String environment) {
    nodes.learn(environment, registry.nodes(environment));
  }

  /**
   * Takes over what the other admin nodes were told of counts.
   *
   * @throws StoreUnavailableException if the store can't be read
   */
  void learnCounts(String environment) {
    Map<String, Long> known = counts.stamps(environment);
    counts.learn(registry.counts(environment, known), known, nodes::isOtherRun);
  }

  /**
   * Tells the other admin nodes that a node no longer follows the environment.
   *
   * @throws StoreUnavailableException if the store can't write; the node is known until it is
   *     silent for long
   */
  void left(String environment, String node) {
    // Otherwise a report in transit would bring the node back.
    synchronized (telling) {
      nodes.remove(environment, node);
      counts.remove(environment, node);
      if (isTold.test(node)) {
        registry.remove(environment, node);
      }
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
      for (String environment : store.environments()) {
        learn(environment);
        counts.retain(environment, nodes.names(environment));
        learnCounts(environment);
      }
      forget();
    }
    self.succeeded();
  }

  /**
   * What is lost where this fails does not stay lost: each node reports again within a poll, and
   * counts are told again.
   */
  private void tell() {
    synchronized (telling) {
      List<NodeReport> reports =
          nodes.takeUntold().stream().filter(report -> isTold.test(report.name())).toList();
      // After the reports, so that what was counted before a report is told with it.
      List<ToldCounts> untold = counts.untold();
      registry.report(reports, untold.stream().filter(told -> isTold.test(told.node())).toList());
      counts.told(untold);
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
