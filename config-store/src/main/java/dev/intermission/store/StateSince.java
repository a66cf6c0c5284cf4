package dev.intermission.store;

import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.store.InForce;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Since when a proxy has been closed or open in an environment, and by whom. A deployment that
 * leaves it as it was, for instance with another message, does not change that.
 */
record StateSince(Instant time, @Nullable String username) {

  /** Returns the state that begins with this change. */
  static StateSince now(Change change) {
    return new StateSince(change.time(), change.author().username());
  }

  /**
   * Returns the state after a deployment of these settings.
   *
   * @param before what was in force before it, or null if nothing was
   */
  static StateSince of(@Nullable InForce before, MaintenanceSettings after, Change change) {
    Instant now = change.time();
    return before != null && before.isClosedAt(now) == after.isClosedAt(now)
        ? new StateSince(before.sinceAt(now), before.sinceByAt(now))
        : now(change);
  }
}
