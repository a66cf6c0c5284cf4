package dev.intermission.api.store;

import dev.intermission.api.SnapshotFeed;
import java.util.function.Consumer;

/**
 * Tells of new snapshot versions as soon as they are committed, by this process or another. It may
 * tell too much, and where the connection to the database is lost it may miss one: whoever must
 * know also asks for the version now and then. Thread-safe.
 */
public interface StoreChanges {

  /**
   * Calls the listener with the name of each environment that has, or may have, a newer version.
   * After each time when something may have been missed, that is each environment.
   *
   * @param listener returns soon; called on a thread that committed or on one of the store; what it
   *     throws is logged
   * @return ends the calls when closed
   */
  SnapshotFeed.Subscription onChange(Consumer<String> listener);
}
