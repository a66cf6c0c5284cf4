package dev.intermission.api.store;

import dev.intermission.api.SnapshotFeed;
import java.util.function.Consumer;

/**
 * Notifies listeners of new snapshot versions as soon as they are committed by this process or
 * another one. There may be notifications without a change, and one may be missed while the
 * connection to the database is lost, so a listener also has to ask for the version from time to
 * time. Thread-safe.
 */
public interface StoreChanges {

  /**
   * Calls the listener with the name of each environment that has, or may have, a newer version.
   * After a time in which notifications may have been missed, it is called for every environment.
   *
   * @param listener returns quickly; called on a thread that committed or on one of the store; its
   *     exceptions are logged
   * @return ends the calls when closed
   */
  SnapshotFeed.Subscription onChange(Consumer<String> listener);
}
