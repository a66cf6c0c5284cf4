package dev.intermission.feed.server;

import dev.intermission.api.Snapshot;
import dev.intermission.api.SnapshotDelta;
import dev.intermission.api.store.NodeReport;
import dev.intermission.api.store.SettingsStore;
import dev.intermission.api.store.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that takes an environment's changes from the store to one consumer in this process. */
final class LocalFollower implements Runnable, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LocalFollower.class);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration LONGEST_DELIVERY = Duration.ofSeconds(2);

  private final String environment;
  private final String node;
  private final AdminFeed feed;
  private final SettingsStore store;
  private final Consumer<Snapshot> consumer;
  private final Thread thread;

  private Snapshot served;
  private volatile boolean closed;
  private boolean failing;

  LocalFollower(
      String environment,
      String node,
      AdminFeed feed,
      SettingsStore store,
      Consumer<Snapshot> consumer) {
    this.environment = environment;
    this.node = node;
    this.feed = feed;
    this.store = store;
    this.consumer = consumer;
    served = Snapshot.empty(environment);
    thread = new Thread(this, "feed-" + environment);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  @Override
  public void run() {
    try {
      while (!take(true)) {
        Thread.sleep(PAUSE_AFTER_FAILURE.toMillis());
      }
      while (!Thread.currentThread().isInterrupted()) {
        feed.newerThan(environment, served.version(), LONGEST_WAIT).get();
        if (!take(false)) {
          Thread.sleep(PAUSE_AFTER_FAILURE.toMillis());
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("waiting for a version does not fail", e);
    }
  }

  /** Delivers what is new; returns whether that went well. */
  private boolean take(boolean first) {
    try {
      SnapshotDelta delta = store.changesSince(environment, served.version());
      Snapshot newest = next(delta);
      if (first || newest.version() > served.version()) {
        consumer.accept(newest);
        served = newest;
        if (!closed) {
          feed.report(new NodeReport(environment, node, newest.version(), "", ""));
        }
      }
      if (failing) {
        LOG.info("The feed of {} is back, at version {}", environment, served.version());
        failing = false;
      }
      return true;
    } catch (RuntimeException e) {
      if (!failing && !closed) {
        LOG.warn(
            "The feed of {} stays at version {} until this is mended: {}",
            environment,
            served.version(),
            e.getMessage(),
            e);
        failing = true;
      }
      return false;
    }
  }

  /** A delta from 0 holds everything, whatever is served. */
  private Snapshot next(SnapshotDelta delta) {
    Snapshot from = delta.fromVersion() == 0 ? Snapshot.empty(environment) : served;
    return from.plus(delta);
  }

  /** Ends the delivery; what is being delivered now is waited for, but not for long. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(LONGEST_DELIVERY.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      feed.left(environment, node);
    } catch (StoreUnavailableException e) {
      LOG.warn(
          "Other admin nodes are not told that {} left {}: {}", node, environment, e.getMessage());
    }
  }
}
