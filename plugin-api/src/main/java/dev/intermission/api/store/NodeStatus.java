package dev.intermission.api.store;

import java.time.Duration;
import java.util.Objects;

/**
 * A node as it last reported.
 *
 * @param report its last report
 * @param heartbeat counts its reports; a node whose heartbeat changes is alive, whatever the clocks
 *     show
 * @param age the time since its last report, by the clock of the store; never negative
 */
public record NodeStatus(NodeReport report, long heartbeat, Duration age) {

  public NodeStatus {
    Objects.requireNonNull(report, "report");
    Objects.requireNonNull(age, "age");
  }
}
