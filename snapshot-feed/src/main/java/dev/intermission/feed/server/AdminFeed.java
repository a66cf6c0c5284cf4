package dev.intermission.feed.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.intermission.api.CountSource;
import dev.intermission.api.Snapshot;
import dev.intermission.api.SnapshotFeed;
import dev.intermission.api.store.NodeRegistry;
import dev.intermission.api.store.NodeReport;
import dev.intermission.api.store.SettingsStore;
import dev.intermission.api.store.StoreChanges;
import dev.intermission.feed.CountsReport;
import dev.intermission.feed.DeltaJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The feed of a process that has the store. Nodes in this process follow it by direct calls, other
 * nodes through {@link FeedServlet}. Environments that are followed are read again when {@link
 * #changed} is called, and once a second in case another process changed them. While the store
 * can't be read, followers keep what they have. Thread-safe.
 */
public final class AdminFeed implements SnapshotFeed, AutoCloseable {

  private static final long MAX_CACHED_BYTES = 64L << 20;

  /** How often to check whether nodes of other admin nodes have a version. */
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private final SettingsStore store;
  private final String localNode;
  private final Versions versions;
  private final NodeDirectory nodes = new NodeDirectory();
  private final CountDirectory counts = new CountDirectory();
  private final List<PropagationListener> propagations = new CopyOnWriteArrayList<>();
  private final Set<LocalFollower> followers = ConcurrentHashMap.newKeySet();
  private final @Nullable NodeExchange exchange;
  private final @Nullable Subscription changes;

  /** Changes that many nodes ask for at the same time are read and encoded once. */
  private final Cache<Step, byte[]> deltas =
      Caffeine.newBuilder()
          .maximumWeight(MAX_CACHED_BYTES)
          .weigher((Step step, byte[] delta) -> delta.length)
          .expireAfterWrite(Duration.ofMinutes(1))
          .build();

  private record Step(String environment, long from, long to) {}

  /**
   * Makes a feed from a store that no other admin node uses, which knows nothing of nodes that have
   * been silent since it was made.
   *
   * @param localNode the name of the node in this process, told to operators when it is behind
   */
  public AdminFeed(SettingsStore store, String localNode) {
    this.store = store;
    this.localNode = localNode;
    versions = new Versions(store);
    exchange = null;
    changes = null;
  }

  /**
   * Makes a feed from a store that no other admin node uses, which remembers the nodes of other
   * processes when it is made again: one that is silent by then may still serve what it last took.
   *
   * @param localNode the name of the node in this process, told to operators when it is behind
   * @param registry the table in which they are remembered
   */
  public AdminFeed(SettingsStore store, String localNode, NodeRegistry registry) {
    this.store = store;
    this.localNode = localNode;
    versions = new Versions(store);
    // The node in this process ends with it.
    exchange = new NodeExchange(store, registry, nodes, counts, name -> !name.equals(localNode));
    changes = null;
  }

  /**
   * Makes a feed from a store that several admin nodes share.
   *
   * @param localNode the name of the node in this process, told to operators when it is behind
   * @param registry the table through which admin nodes exchange reports of nodes
   * @param storeChanges notifies of changes by other admin nodes
   */
  public AdminFeed(
      SettingsStore store, String localNode, NodeRegistry registry, StoreChanges storeChanges) {
    this.store = store;
    this.localNode = localNode;
    versions = new Versions(store);
    exchange = new NodeExchange(store, registry, nodes, counts, name -> true);
    changes = storeChanges.onChange(versions::changed);
  }

  @Override
  public Subscription follow(String environment, Consumer<Snapshot> consumer) {
    return follow(new LocalFollower(environment, localNode, this, store, consumer, null));
  }

  @Override
  public Subscription follow(String environment, Consumer<Snapshot> consumer, CountSource counted) {
    return follow(new LocalFollower(environment, localNode, this, store, consumer, counted));
  }

  private Subscription follow(LocalFollower follower) {
    followers.add(follower);
    nodes.attach(follower.environment(), localNode, follower.run());
    follower.start();
    return () -> end(follower);
  }

  private void end(LocalFollower follower) {
    if (followers.remove(follower)) {
      follower.close();
    }
  }

  /**
   * To be called after a commit that may have given the environment a newer version. Returns at
   * once.
   */
  public void changed(String environment) {
    versions.changed(environment);
  }

  /**
   * Waits until each live node of the environment serves the version or a newer one.
   *
   * @return how far the version has come when all serve it, or else when the time is over
   * @throws InterruptedException if the thread is interrupted while it waits
   * @throws dev.intermission.api.store.StoreUnavailableException if the nodes of other admin nodes
   *     can't be read
   */
  public Propagation awaitServed(String environment, long version, Duration timeout)
      throws InterruptedException {
    long begin = System.nanoTime();
    Propagation propagation = await(environment, version, timeout);
    if (propagation.complete()) {
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      propagations.forEach(listener -> listener.served(environment, took));
    }
    return propagation;
  }

  /** Tells a listener each time that all live nodes serve a version that was waited for. */
  public void addPropagationListener(PropagationListener listener) {
    propagations.add(listener);
  }

  private Propagation await(String environment, long version, Duration timeout)
      throws InterruptedException {
    if (exchange == null) {
      return nodes.await(environment, version, timeout);
    }
    long deadline = System.nanoTime() + timeout.toNanos();
    while (true) {
      exchange.learn(environment);
      Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
      Duration wait = left.compareTo(BETWEEN_LOOKS) < 0 ? left : BETWEEN_LOOKS;
      Propagation propagation = nodes.await(environment, version, wait);
      if (propagation.complete() || left.isZero()) {
        return propagation;
      }
    }
  }

  /**
   * Returns the nodes of the environment that were heard of in the last day, by name.
   *
   * @throws dev.intermission.api.store.StoreUnavailableException if those of other admin nodes
   *     can't be read
   */
  public List<NodeView> nodes(String environment) {
    if (exchange != null) {
      exchange.learn(environment);
    }
    return nodes.views(environment);
  }

  /**
   * Returns what the nodes of the environment have counted, by their names. A node that counts
   * nothing, or has not told it yet, is not there; what an earlier process of it told is not told.
   * Ask for {@link #nodes} first: what a node has counted is then not older than what it is known
   * to serve.
   *
   * @throws dev.intermission.api.store.StoreUnavailableException if what other admin nodes have
   *     heard can't be read
   */
  public Map<String, HeardCounts> counts(String environment) {
    followers.stream()
        .filter(follower -> follower.environment().equals(environment))
        .forEach(LocalFollower::tellCounts);
    if (exchange != null) {
      exchange.learnCounts(environment);
    }
    Map<String, HeardCounts> heard = counts.counts(environment);
    heard
        .entrySet()
        .removeIf(node -> !nodes.isRun(environment, node.getKey(), node.getValue().run()));
    return heard;
  }

  /**
   * Runs a listener each time that counts of nodes are heard, on the thread that has heard them. It
   * must not block or throw.
   *
   * @return ends the calls when closed
   */
  public Subscription onCounts(Runnable listener) {
    return counts.onChange(listener);
  }

  /** Returns whether nodes can follow this environment. */
  boolean knows(String environment) {
    return store.environments().contains(environment);
  }

  /** Records the report of a node. */
  void report(NodeReport report) {
    NodeDirectory.News news = nodes.report(report);
    boolean isAnew = news == NodeDirectory.News.GOES_BACK || report.servedVersion() == 0;
    if (isAnew && report.run() == null) {
      counts.untell(report.environment(), report.name());
    }
    if (exchange != null && news != NodeDirectory.News.NONE) {
      exchange.urgent();
    }
  }

  /** Takes what a node has counted; returns whether it was taken, or all is wanted. */
  boolean counted(String environment, String node, @Nullable String run, CountsReport report) {
    if (!nodes.knows(environment, node)) {
      return false;
    }
    CountDirectory.Taken taken = counts.take(environment, node, run, report);
    if (exchange != null && taken == CountDirectory.Taken.URGENT) {
      exchange.urgent();
    }
    return taken != CountDirectory.Taken.NO;
  }

  /**
   * Records that a node no longer follows the environment, so that no deployment waits for it.
   *
   * @throws dev.intermission.api.store.StoreUnavailableException if other admin nodes can't be
   *     told; they notice it when the node stays silent
   */
  void left(String environment, String node) {
    if (exchange == null) {
      nodes.remove(environment, node);
      counts.remove(environment, node);
    } else {
      exchange.left(environment, node);
    }
  }

  /** Returns the environment's newest version. */
  long newest(String environment) {
    return store.version(environment);
  }

  /**
   * Waits for a newer version than this one.
   *
   * @return completed with the newest version, or with the one asked about when the time is over
   */
  CompletableFuture<Long> newerThan(String environment, long version, Duration wait) {
    return versions.newerThan(environment, version, wait);
  }

  /** Returns the changes from one version to another or a newer one; empty if the two are equal. */
  Optional<byte[]> encoded(String environment, long from, long to) {
    if (from == to) {
      return Optional.empty();
    }
    return Optional.of(
        deltas.get(
            new Step(environment, from, to),
            step -> DeltaJson.write(store.changesSince(environment, from))));
  }

  /** Ends the delivery to all followers, and ends all waiting requests of nodes. */
  @Override
  public void close() {
    followers.forEach(this::end);
    if (changes != null) {
      changes.close();
    }
    if (exchange != null) {
      exchange.close();
    }
    versions.close();
  }
}
