package dev.intermission.feed.node;

import dev.intermission.api.Snapshot;
import dev.intermission.api.SnapshotDelta;
import dev.intermission.feed.UnreadableSnapshotException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that follows the admin nodes for one environment. */
final class RemoteFollower implements Runnable, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RemoteFollower.class);

  private static final long SOON_NANOS = Duration.ofMillis(100).toNanos();
  private static final Duration SHORT_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_DELIVERY = Duration.ofSeconds(2);
  private static final Duration LONGEST_LEAVING = Duration.ofSeconds(3);

  private final String environment;
  private final RemoteFeedOptions options;
  private final SnapshotFile file;
  private final Consumer<Snapshot> consumer;
  private final FeedClient client;
  private final List<URI> admins;
  private final Thread thread;

  private Snapshot served;
  private boolean delivered;
  private volatile FeedStatus status = FeedStatus.NOTHING_YET;
  private final AtomicBoolean closed = new AtomicBoolean();

  RemoteFollower(
      String environment,
      RemoteFeedOptions options,
      SnapshotFile file,
      Consumer<Snapshot> consumer) {
    this.environment = environment;
    this.options = options;
    this.file = file;
    this.consumer = consumer;
    client = new FeedClient(options);
    // Each node in another order, so that they spread over the admin nodes.
    admins = new ArrayList<>(options.admins());
    Collections.shuffle(admins);
    served = Snapshot.empty(environment);
    thread = new Thread(this, "feed-" + environment);
    thread.setDaemon(true);
  }

  FeedStatus status() {
    return status;
  }

  void start() {
    startFromDisk();
    thread.start();
  }

  private void startFromDisk() {
    try {
      Optional<SnapshotFile.Loaded> loaded = file.load();
      if (loaded.isPresent()) {
        Snapshot snapshot = loaded.get().snapshot();
        consumer.accept(snapshot);
        served = snapshot;
        delivered = true;
        status = status.serving(snapshot.version(), loaded.get().taken(), true);
        LOG.info(
            "Serving version {} of {} from the disk, taken {}, until an admin node is reached",
            snapshot.version(),
            environment,
            loaded.get().taken());
      }
    } catch (UnreadableSnapshotException e) {
      LOG.error("{}", e.getMessage());
    } catch (IOException e) {
      LOG.error("The snapshot {} can't be read: {}", file.path(), e.toString(), e);
    }
  }

  @Override
  public void run() {
    try {
      Duration pause = options.firstPause();
      while (!Thread.currentThread().isInterrupted()) {
        if (followOne()) {
          pause = options.firstPause();
        } else {
          sleepAbout(pause);
          Duration doubled = pause.multipliedBy(2);
          pause = doubled.compareTo(options.longestPause()) > 0 ? options.longestPause() : doubled;
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** From half of the pause to all of it, so that a fleet doesn't come back at one moment. */
  private static void sleepAbout(Duration pause) throws InterruptedException {
    long millis = pause.toMillis();
    Thread.sleep(ThreadLocalRandom.current().nextLong(millis / 2, millis + 1));
  }

  /**
   * Asks the admin nodes in turn until one answers, and goes on with that one until it fails.
   *
   * @return whether one did answer
   */
  private boolean followOne() throws InterruptedException {
    List<String> failures = new ArrayList<>();
    for (URI admin : List.copyOf(admins)) {
      boolean answered = false;
      try {
        while (true) {
          // The first answer comes at once, so that it's soon known whether the admin node is
          // there.
          Duration wait = answered ? options.longestPoll() : Duration.ZERO;
          long asked = System.nanoTime();
          Optional<SnapshotDelta> changes =
              client.changes(admin, environment, served.version(), wait);
          take(changes);
          if (!answered) {
            connected(admin);
            answered = true;
          } else if (changes.isEmpty() && System.nanoTime() - asked < SOON_NANOS) {
            // An admin node that stops answers early, and so would something that is none.
            sleepAbout(SHORT_PAUSE);
          }
        }
      } catch (FeedException e) {
        failures.add("admin node " + admin + ": " + e.getMessage());
        admins.remove(admin);
        admins.add(admin);
        if (answered) {
          LOG.warn("Lost the feed: {}", failures.get(0));
          return true;
        }
      }
    }
    disconnected(String.join("; ", failures));
    return false;
  }

  private void connected(URI admin) {
    if (status.problem() != null) {
      LOG.info("Following admin node {}, at version {}", admin, served.version());
    }
    status = status.confirmed();
  }

  private void disconnected(String problem) {
    if (!problem.equals(status.problem())) {
      LOG.warn(
          "No admin node can be followed; version {} of {} stays in force. {}",
          served.version(),
          environment,
          problem);
    }
    status = status.withProblem(problem);
  }

  private void take(Optional<SnapshotDelta> changes) throws FeedException {
    if (changes.isEmpty() && delivered) {
      saveAgain();
      return;
    }
    Snapshot next = changes.isEmpty() ? served : next(changes.get());
    try {
      consumer.accept(next);
    } catch (RuntimeException e) {
      LOG.error("Version {} of {} was not put in force", next.version(), environment, e);
      throw new FeedException("its version " + next.version() + " can't be put in force", e);
    }
    served = next;
    delivered = true;
    status = status.serving(next.version(), Instant.now(), false);
    // Before the next request, which acknowledges it: an acknowledged version outlives a crash.
    save();
  }

  private Snapshot next(SnapshotDelta delta) throws FeedException {
    if (!delta.environment().equals(environment)) {
      throw new FeedException("it answers with the environment " + delta.environment(), null);
    }
    if (delivered && delta.version() <= served.version()) {
      throw new FeedException(
          "it answers with version %d, not newer than %d, which is in force"
              .formatted(delta.version(), served.version()),
          null);
    }
    if (delta.fromVersion() != 0 && delta.fromVersion() != served.version()) {
      throw new FeedException(
          "it answers with changes from version %d, asked for were those from %d"
              .formatted(delta.fromVersion(), served.version()),
          null);
    }
    return (delta.fromVersion() == 0 ? Snapshot.empty(environment) : served).plus(delta);
  }

  private void saveAgain() {
    if (status.diskProblem() != null) {
      save();
    }
  }

  /** A node that can't save serves on: what it serves is what was deployed. */
  private void save() {
    try {
      file.save(served);
      if (status.diskProblem() != null) {
        LOG.info("The snapshot is saved again, in {}", file.path());
      }
      status = status.withDiskProblem(null);
    } catch (IOException e) {
      if (status.diskProblem() == null) {
        LOG.error(
            "Version {} is in force, but can't be saved in {}: {}",
            served.version(),
            file.path(),
            e.toString(),
            e);
      }
      status = status.withDiskProblem("can't save " + file.path() + ": " + e);
    }
  }

  /** Ends the delivery, and says so to the admin node, so that nobody waits for this node. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    thread.interrupt();
    try {
      thread.join(LONGEST_DELIVERY.toMillis());
      if (!thread.isAlive() && status.problem() == null) {
        leave();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Tells one admin node that takes it; they tell each other. */
  private void leave() throws InterruptedException {
    long deadline = System.nanoTime() + LONGEST_LEAVING.toNanos();
    for (URI admin : admins) {
      try {
        client.leave(admin, environment);
        return;
      } catch (FeedException e) {
        LOG.info("Admin node {} is not told that this node leaves: {}", admin, e.getMessage());
      }
      if (System.nanoTime() - deadline > 0) {
        return;
      }
    }
  }
}
