package dev.intermission.admin.feed;

import dev.intermission.api.SettingsStore;
import dev.intermission.api.Snapshot;
import dev.intermission.api.SnapshotFeed;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The feed where the store is: nodes in this process follow it by direct calls. What is followed is
 * read again as soon as {@link #changed} says so, and once a second in case another process changed
 * it. While the store can't be read, followers keep what they have. Thread-safe.
 */
public final class AdminFeed implements SnapshotFeed, AutoCloseable {

  private final SettingsStore store;
  private final String localNode;
  private final Versions versions;
  private final Nodes nodes = new Nodes();
  private final Set<LocalFollower> followers = ConcurrentHashMap.newKeySet();

  /**
   * Makes a feed of what is in the store.
   *
   * @param localNode the name of the node in this process, told to operators when it is behind
   */
  public AdminFeed(SettingsStore store, String localNode) {
    this.store = store;
    this.localNode = localNode;
    versions = new Versions(store);
  }

  @Override
  public Subscription follow(String environment, Consumer<Snapshot> consumer) {
    LocalFollower follower =
        new LocalFollower(environment, localNode, store, versions, nodes, consumer);
    followers.add(follower);
    follower.start();
    return () -> {
      followers.remove(follower);
      follower.close();
    };
  }

  /** Says that a commit may have given the environment a newer version. Returns at once. */
  public void changed(String environment) {
    versions.changed(environment);
  }

  /**
   * Waits until each live node of the environment serves the version or a newer one.
   *
   * @return how far the version has come when all serve it, or else when the time is over
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public Propagation awaitServed(String environment, long version, Duration timeout)
      throws InterruptedException {
    return nodes.await(environment, version, timeout);
  }

  /** Ends the delivery to all followers. */
  @Override
  public void close() {
    followers.forEach(LocalFollower::close);
    followers.clear();
    versions.close();
  }
}
