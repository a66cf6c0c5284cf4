package dev.intermission.feed.node;

import dev.intermission.api.CountSource;
import dev.intermission.api.Snapshot;
import dev.intermission.api.SnapshotDelta;
import dev.intermission.feed.CountsSender;
import dev.intermission.runtime.BackgroundLoop;
import dev.intermission.runtime.Backoff;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the admin nodes for one environment: asks one of them, puts in force what it answers,
 * keeps that on the disk, and asks again, which acknowledges it. A step of the thread is one
 * question. Three parts know one thing each: {@link AdminNodes} whom to ask, {@link
 * AppliedSnapshot} what is in force, {@link KeptSnapshot} what is on the disk.
 *
 * <p>An example, of a node with the admin nodes A and B, that starts with version 6 on its disk:
 *
 * <pre>
 * question          answer            in force  on the disk  status
 * (start)                             6         6            from the disk, nobody was asked yet
 * A after=6 wait=0  refused           6         6
 * B after=6 wait=0  200, 6 to 7       7         7            follows B
 * B after=7 wait=10 204 after 10 s    7         7
 * B after=7 wait=10 breaks off        7         7            ("Lost the feed", logged)
 * A after=7 wait=0  204               7         7            follows A ("again", logged)
 * A after=7 wait=10 200, 7 to 8       8         7            the disk is full: a problem
 * A after=8 wait=10 204 after 10 s    8         8            saved by the next try
 * A, then B         refused           8         8            nobody can be followed; a pause
 * </pre>
 *
 * <p>The first question to an admin node does not wait, so that it is soon known whether it is
 * there. When all have failed there is a pause, which grows. A snapshot is on the disk before it is
 * acknowledged, so an acknowledged deployment outlives a crash of the node; a node that can't save
 * acknowledges all the same, since what it serves is what was deployed.
 */
final class RemoteFollower implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RemoteFollower.class);

  private static final long SOON_NANOS = Duration.ofMillis(100).toNanos();
  private static final Duration SHORT_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_DELIVERY = Duration.ofSeconds(2);
  private static final Duration LONGEST_LEAVING = Duration.ofSeconds(3);

  private final String environment;
  private final RemoteFeedOptions options;
  private final FeedClient client;
  private final AdminNodes admins;
  private final AppliedSnapshot served;
  private final KeptSnapshot kept;
  private final Backoff pauses;
  private final Backoff afterEarlyAnswers = new Backoff(SHORT_PAUSE, SHORT_PAUSE);
  private final CountsToAdmin countsTo;
  private final @Nullable CountsSender counts;
  private final BackgroundLoop loop;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile FeedStatus status = FeedStatus.NOTHING_YET;
  private volatile List<URI> order;

  RemoteFollower(
      String environment,
      RemoteFeedOptions options,
      SnapshotFile file,
      Clock clock,
      Consumer<Snapshot> consumer,
      @Nullable CountSource counted) {
    this.environment = environment;
    this.options = options;
    client = new FeedClient(options, clock);
    admins = new AdminNodes(options.admins());
    order = admins.inOrder();
    countsTo = new CountsToAdmin(client, environment);
    counts = counted == null ? null : new CountsSender(environment, counted, countsTo);
    served = new AppliedSnapshot(environment, consumer);
    kept = new KeptSnapshot(file);
    pauses = new Backoff(options.firstPause(), options.longestPause());
    loop =
        new BackgroundLoop(
            "feed-" + environment,
            LOG,
            new BackgroundLoop.Texts(
                "Following the feed of "
                    + environment
                    + " failed because of an error in this program",
                "The feed of " + environment + " is followed again"),
            new Backoff(options.firstPause(), options.longestPause()),
            this::askOnce);
  }

  FeedStatus status() {
    return status;
  }

  /** Returns all admin nodes, the one that is followed first. */
  List<URI> admins() {
    return order;
  }

  void start() {
    startFromDisk();
    loop.start();
    if (counts != null) {
      counts.start();
    }
  }

  private void startFromDisk() {
    Optional<SnapshotFile.Loaded> loaded = kept.load();
    if (loaded.isPresent()) {
      try {
        served.restore(loaded.get());
        LOG.info(
            "Serving version {} of {} from the disk, taken {}, until an admin node is reached",
            served.version(),
            environment,
            loaded.get().taken());
      } catch (RuntimeException e) {
        LOG.error("The snapshot on the disk was not put in force", e);
      }
    }
    updateStatus();
  }

  private void askOnce(BackgroundLoop self) throws InterruptedException {
    boolean mayWait = admins.isFollowed();
    long asked = System.nanoTime();
    try {
      if (counts != null) {
        // Before the version is acknowledged, so that they belong to it.
        counts.tell();
      }
      Optional<SnapshotDelta> changes =
          client.changes(
              admins.current(),
              environment,
              served.version(),
              mayWait ? options.longestPoll() : Duration.ZERO);
      served.take(changes);
      kept.keep(served.snapshot());
      admins.answered(served.version());
      updateStatus();
      self.succeeded();
      if (mayWait) {
        pauses.reset();
        if (changes.isEmpty() && System.nanoTime() - asked < SOON_NANOS) {
          // An admin node that stops answers early, and so would something that is none.
          afterEarlyAnswers.pause();
        }
      }
    } catch (FeedException e) {
      if (failed(String.valueOf(e.getMessage()))) {
        pauses.pause();
      }
    } catch (RuntimeException | Error e) {
      // Told by the loop, which pauses then; it may be this admin node's answer that is the cause.
      failed("following it failed: " + e);
      throw e;
    }
  }

  private boolean failed(String fault) {
    if (counts != null) {
      // Another admin node may be next, or this one with an empty memory.
      counts.forget();
    }
    boolean all = admins.failed(fault, "version " + served.version() + " of " + environment);
    updateStatus();
    return all;
  }

  private void updateStatus() {
    order = admins.inOrder();
    countsTo.follow(admins.isFollowed() ? admins.current() : null);
    status =
        new FeedStatus(
            served.isDelivered() ? served.version() : FeedStatus.NOTHING_YET.servedVersion(),
            served.taken(),
            served.isFromDisk(),
            admins.problem(),
            kept.problem());
  }

  /** Ends the delivery, and tells the admin node, so that no deployment waits for this node. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    if (counts != null) {
      counts.close();
    }
    loop.close();
    try {
      if (loop.awaitEnd(LONGEST_DELIVERY) && status.problem() == null) {
        leave();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Tells one admin node that takes it; they tell each other. */
  private void leave() throws InterruptedException {
    long deadline = System.nanoTime() + LONGEST_LEAVING.toNanos();
    for (URI admin : admins.inOrder()) {
      try {
        client.leave(admin, environment);
        return;
      } catch (FeedException e) {
        LOG.info(
            "Admin node {} could not be told that this node leaves: {}", admin, e.getMessage());
      }
      if (System.nanoTime() - deadline > 0) {
        return;
      }
    }
  }
}
