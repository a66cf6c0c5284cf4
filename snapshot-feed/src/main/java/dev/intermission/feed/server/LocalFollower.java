package dev.intermission.feed.server;

import dev.intermission.api.CountSource;
import dev.intermission.api.Snapshot;
import dev.intermission.api.SnapshotDelta;
import dev.intermission.api.store.NodeReport;
import dev.intermission.api.store.SettingsStore;
import dev.intermission.api.store.StoreUnavailableException;
import dev.intermission.feed.CountsReport;
import dev.intermission.feed.CountsSender;
import dev.intermission.feed.DeltaJson;
import dev.intermission.feed.FeedProtocol;
import dev.intermission.runtime.BackgroundLoop;
import dev.intermission.runtime.Backoff;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that takes an environment's changes from the store to one consumer in this process. */
final class LocalFollower implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LocalFollower.class);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_DELIVERY = Duration.ofSeconds(2);

  private final String environment;
  private final String node;
  private final String run = FeedProtocol.newRun();
  private final AdminFeed feed;
  private final SettingsStore store;
  private final Consumer<Snapshot> consumer;
  private final BackgroundLoop loop;
  private final @Nullable CountsSender counts;

  private Snapshot served;
  private boolean delivered;

  LocalFollower(
      String environment,
      String node,
      AdminFeed feed,
      SettingsStore store,
      Consumer<Snapshot> consumer,
      @Nullable CountSource counted) {
    this.environment = environment;
    this.node = node;
    this.feed = feed;
    this.store = store;
    this.consumer = consumer;
    served = Snapshot.empty(environment);
    loop =
        new BackgroundLoop(
            "feed-" + environment,
            LOG,
            new BackgroundLoop.Texts(
                "The feed of "
                    + environment
                    + " keeps what it has delivered until this problem is solved",
                "The feed of " + environment + " is back"),
            new Backoff(SHORTEST_PAUSE, LONGEST_PAUSE),
            this::take);
    counts = counted == null ? null : new CountsSender(environment, counted, this::counted);
  }

  private CountsSender.Outcome counted(CountsReport report) {
    return feed.counted(environment, node, run, report)
        ? CountsSender.Outcome.TAKEN
        : CountsSender.Outcome.ALL_WANTED;
  }

  String environment() {
    return environment;
  }

  String run() {
    return run;
  }

  /** Tells the feed what was counted until now. */
  void tellCounts() {
    try {
      if (counts != null) {
        counts.tell();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void start() {
    loop.start();
    if (counts != null) {
      counts.start();
    }
  }

  /**
   * Delivers what is there the first time, and after that what is new, as soon as there is some.
   */
  private void take(BackgroundLoop self) throws InterruptedException, ExecutionException {
    if (delivered) {
      feed.newerThan(environment, served.version(), LONGEST_WAIT).get();
    }
    Snapshot newest = next(store.changesSince(environment, served.version()));
    if (!delivered || newest.version() > served.version()) {
      consumer.accept(newest);
      served = newest;
      delivered = true;
      // Before the version is acknowledged, so that they belong to it.
      tellCounts();
      if (!self.isClosed()) {
        feed.report(
            new NodeReport(
                environment, node, newest.version(), "", "", DeltaJson.FORMAT, Duration.ZERO, run));
      }
    }
    self.succeeded();
  }

  /** A delta from version 0 holds everything. */
  private Snapshot next(SnapshotDelta delta) {
    Snapshot from = delta.fromVersion() == 0 ? Snapshot.empty(environment) : served;
    return from.plus(delta);
  }

  /** Ends the delivery; waits a short time for a delivery in progress. */
  @Override
  public void close() {
    if (counts != null) {
      counts.close();
    }
    loop.close();
    try {
      if (!loop.awaitEnd(LONGEST_DELIVERY)) {
        LOG.warn("A delivery of {} has not ended although its feed was closed", environment);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      feed.left(environment, node);
    } catch (StoreUnavailableException e) {
      LOG.warn(
          "Other admin nodes could not be told that node {} has left {}: {}",
          node,
          environment,
          e.getMessage());
    }
  }
}
