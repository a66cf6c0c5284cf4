package dev.intermission.api;

/** What counts requests at a node. Thread-safe. */
public interface CountSource {

  /** Returns what it has counted until now. */
  NodeCounts counts();

  /**
   * Runs the listener each time when the last request ends that was in flight to a closed proxy or
   * passed before the first snapshot, and when other proxies are closed. It is called on the thread
   * that did it, and must not block or throw.
   *
   * @return ends the calls when closed
   */
  SnapshotFeed.Subscription onUrgent(Runnable listener);
}
