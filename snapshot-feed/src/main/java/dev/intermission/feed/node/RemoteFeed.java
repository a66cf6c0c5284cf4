package dev.intermission.feed.node;

import dev.intermission.api.CountSource;
import dev.intermission.api.Snapshot;
import dev.intermission.api.SnapshotFeed;
import dev.intermission.api.trace.TraceReceiver;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The feed of a node that is not in an admin node's process: it follows one of several admin nodes
 * over HTTP, switches to another if that one fails, and keeps the last snapshot on its disk. It
 * starts from the disk if no admin node can be reached. A snapshot that is damaged, of another
 * environment, or older than the one in force is never delivered. Thread-safe.
 */
public final class RemoteFeed implements SnapshotFeed, AutoCloseable {

  private final RemoteFeedOptions options;
  private final Path folder;
  private final Clock clock;
  private final TracesToAdmin traces;
  private volatile @Nullable RemoteFollower follower;

  /**
   * Makes a feed that contacts no admin node before {@link #follow}.
   *
   * @param folder an existing folder that this process alone uses, for the snapshot
   */
  public RemoteFeed(RemoteFeedOptions options, Path folder) {
    this(options, folder, Clock.systemUTC());
  }

  /**
   * Makes a feed that tells admin nodes the time of this clock, which should be the gate's.
   *
   * @param folder an existing folder that this process alone uses, for the snapshot
   */
  public RemoteFeed(RemoteFeedOptions options, Path folder, Clock clock) {
    this.options = options;
    this.folder = folder;
    this.clock = clock;
    traces = new TracesToAdmin(new FeedClient(options, clock), this::admins);
  }

  /**
   * {@inheritDoc}
   *
   * <p>A snapshot on the disk is delivered during this call.
   *
   * @throws IllegalStateException if the feed is followed already: a node serves one environment
   */
  @Override
  public Subscription follow(String environment, Consumer<Snapshot> consumer) {
    return begin(environment, consumer, null);
  }

  /**
   * {@inheritDoc}
   *
   * <p>A snapshot on the disk is delivered during this call.
   *
   * @throws IllegalStateException if the feed is followed already: a node serves one environment
   */
  @Override
  public Subscription follow(String environment, Consumer<Snapshot> consumer, CountSource counts) {
    return begin(environment, consumer, counts);
  }

  private synchronized Subscription begin(
      String environment, Consumer<Snapshot> consumer, @Nullable CountSource counts) {
    if (follower != null) {
      throw new IllegalStateException("this feed is followed already");
    }
    RemoteFollower started =
        new RemoteFollower(
            environment, options, new SnapshotFile(folder, environment), clock, consumer, counts);
    follower = started;
    started.start();
    return started::close;
  }

  /**
   * Returns what takes traced requests to an admin node: to the one that is followed, and where
   * that fails to another one. It can be used before the feed is followed, and after it is closed.
   * The name of the node is that of this feed's options. Its {@code receive} throws if no admin
   * node has taken the report, and when the thread is interrupted, which stays interrupted then.
   */
  public TraceReceiver traces() {
    return traces;
  }

  /** Does not wait for {@link #close}, which takes a while. */
  private List<URI> admins() {
    RemoteFollower started = follower;
    return started == null ? options.admins() : started.admins();
  }

  /** Returns the state of the feed. */
  public synchronized FeedStatus status() {
    return follower == null ? FeedStatus.NOTHING_YET : follower.status();
  }

  /** Ends the delivery. */
  @Override
  public synchronized void close() {
    if (follower != null) {
      follower.close();
    }
  }
}
