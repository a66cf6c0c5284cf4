package dev.intermission.admin.health;

import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyCounts;
import dev.intermission.api.ProxyId;
import dev.intermission.api.Window;
import dev.intermission.api.store.DeploymentStatus;
import dev.intermission.feed.server.HeardCounts;
import dev.intermission.feed.server.NodeView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is in flight to a proxy at the gateways of an environment (contract section 4).
 *
 * @param counts what the gateways have told, by their names
 */
record Drain(
    ProxyId proxy, DeploymentStatus status, Timeline timeline, Map<String, HeardCounts> counts) {

  /**
   * Returns what a gateway has counted of the proxy while it did not serve it open; null where that
   * is not so or not known.
   */
  @Nullable ProxyCounts at(NodeView node) {
    HeardCounts heard = counts.get(node.name());
    if (heard == null || !heard.countsInFlight()) {
      return null;
    }
    ProxyCounts told = heard.of(proxy);
    if (told != null || !heard.isComplete()) {
      return told;
    }
    MaintenanceSettings settings = timeline.at(heard.version()).settings();
    boolean isClosed =
        settings != null && settings.enabled() && settings.window().equals(Window.NONE);
    return isClosed ? ProxyCounts.none(proxy) : null;
  }

  /** Returns whether no request is in flight any more that passed because the proxy was open. */
  boolean isDrained(List<NodeView> nodes, Instant now) {
    MaintenanceSettings settings = status.settings();
    return status.deployed()
        && settings != null
        && settings.isClosedAt(now)
        && nodes.stream().anyMatch(NodeView::live)
        && nodes.stream().allMatch(node -> node.live() ? isLiveDrained(node) : isPastDrained(node));
  }

  private boolean isLiveDrained(NodeView node) {
    ProxyCounts present = at(node);
    HeardCounts heard = counts.get(node.name());
    return present != null
        && heard != null
        && present.closed()
        && present.inFlight() == 0
        && timeline.isClosedSince(Math.min(node.servedVersion(), heard.version()));
  }

  /** A gateway that is silent serves what it last served, or anything that came since. */
  private boolean isPastDrained(NodeView node) {
    // Before its first snapshot it may let everything pass.
    if (node.servedVersion() == 0 || !timeline.isNotOpenedSince(node.servedVersion())) {
      return false;
    }
    ProxyCounts last = at(node);
    boolean served = Boolean.TRUE.equals(timeline.at(node.servedVersion()).deployed());
    HeardCounts heard = counts.get(node.name());
    // It may have acknowledged a version without telling its counts.
    if (last == null || heard == null) {
      return !served;
    }
    return last.inFlight() == 0
        && timeline.isNotOpenedSince(Math.min(node.servedVersion(), heard.version()));
  }
}
