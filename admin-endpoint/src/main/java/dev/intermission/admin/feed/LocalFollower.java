package dev.intermission.admin.feed;

import dev.intermission.api.SettingsStore;
import dev.intermission.api.Snapshot;
import dev.intermission.api.SnapshotDelta;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that takes an environment's changes from the store to one consumer in this process. */
final class LocalFollower implements Runnable, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LocalFollower.class);
  private static final long POLL_MILLIS = 1_000;

  private final String environment;
  private final String node;
  private final SettingsStore store;
  private final Nodes nodes;
  private final Consumer<Snapshot> consumer;
  private final Semaphore wakeUps = new Semaphore(0);
  private final Thread thread;

  private Snapshot served;
  private boolean delivered;
  private boolean failing;

  LocalFollower(
      String environment,
      String node,
      SettingsStore store,
      Nodes nodes,
      Consumer<Snapshot> consumer) {
    this.environment = environment;
    this.node = node;
    this.store = store;
    this.nodes = nodes;
    this.consumer = consumer;
    served = Snapshot.empty(environment);
    thread = new Thread(this, "feed-" + environment);
    thread.setDaemon(true);
  }

  String environment() {
    return environment;
  }

  void start() {
    nodes.report(environment, node, 0);
    thread.start();
  }

  void wake() {
    wakeUps.release();
  }

  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        take();
        if (wakeUps.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
          wakeUps.drainPermits();
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    } finally {
      nodes.remove(environment, node);
    }
  }

  /** Delivers what is new; what fails is tried again with the next turn. */
  private void take() {
    try {
      SnapshotDelta delta = store.changesSince(environment, served.version());
      Snapshot newest = next(delta);
      if (!delivered || newest.version() > served.version()) {
        consumer.accept(newest);
        served = newest;
        delivered = true;
        nodes.report(environment, node, newest.version());
      }
      if (failing) {
        LOG.info("The feed of {} is back, at version {}", environment, served.version());
        failing = false;
      }
    } catch (RuntimeException e) {
      boolean closed = Thread.currentThread().isInterrupted();
      if (!failing && !closed) {
        LOG.warn(
            "The feed of {} stays at version {} until this is mended: {}",
            environment,
            served.version(),
            e.getMessage(),
            e);
        failing = true;
      }
    }
  }

  /** A delta from 0 holds everything, whatever is served. */
  private Snapshot next(SnapshotDelta delta) {
    Snapshot from = delta.fromVersion() == 0 ? Snapshot.empty(environment) : served;
    return from.plus(delta);
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
