package dev.intermission.store;

import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import dev.intermission.api.store.DeploymentRequest;
import dev.intermission.api.store.InForce;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
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

  /** Returns the state after a deployment of these settings. */
  static StateSince of(
      Connection connection,
      ProxyId id,
      MaintenanceSettings after,
      DeploymentRequest request,
      Change change)
      throws SQLException {
    Instant now = change.time();
    Optional<InForce> before = Overviews.inForce(connection, id, request.environment());
    return before
        .filter(inForce -> inForce.isClosedAt(now) == after.isClosedAt(now))
        .map(inForce -> new StateSince(inForce.sinceAt(now), inForce.sinceByAt(now)))
        .orElseGet(() -> now(change));
  }
}
