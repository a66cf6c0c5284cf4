package dev.intermission.api;

import java.util.function.Consumer;

/** How snapshots reach a node. */
public interface SnapshotFeed {

  /**
   * Delivers the environment's newest snapshot as soon as it is known, and then each newer one;
   * intermediate ones may be skipped. Versions only go up, and calls to the consumer never overlap.
   * The consumer acknowledges a snapshot by returning; if the consumer throws, the snapshot counts
   * as not served, and the next delivery includes its changes.
   *
   * @param environment the environment to follow
   * @param consumer puts a snapshot in force; called on a thread of the feed, or during this call
   * @return ends the delivery when closed
   */
  Subscription follow(String environment, Consumer<Snapshot> consumer);

  /**
   * Delivers snapshots as {@link #follow(String, Consumer)} does, and tells the admin side what the
   * node counts. A feed that can't tell it only delivers.
   */
  default Subscription follow(String environment, Consumer<Snapshot> consumer, CountSource counts) {
    return follow(environment, consumer);
  }

  /** A delivery that lasts until it is closed. */
  interface Subscription extends AutoCloseable {

    /** Ends the delivery; a call to the consumer that is in progress may still finish. */
    @Override
    void close();
  }
}
