package dev.intermission.admin.health;

import dev.intermission.admin.http.Warning;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyCounts;
import dev.intermission.api.ProxyId;
import dev.intermission.api.store.DeploymentStatus;
import dev.intermission.feed.server.HeardCounts;
import dev.intermission.feed.server.NodeView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
    if (told != null || !heard.tellsAllInFlight()) {
      return told;
    }
    MaintenanceSettings settings = timeline.at(heard.version()).settings();
    boolean isClosed =
        settings != null && settings.enabled() && settings.window().isClosedAtAllTimes();
    return isClosed ? ProxyCounts.none(proxy) : null;
  }

  /** Returns how many requests a gateway has let in on purpose, or null where it is not known. */
  @Nullable Integer letIn(NodeView node) {
    HeardCounts heard = counts.get(node.name());
    ProxyCounts present = at(node);
    if (heard == null || present == null) {
      return null;
    }
    boolean isKnown = heard.tellsAllLetIn() || heard.of(proxy) != null;
    return isKnown ? Integer.valueOf(present.letIn()) : null;
  }

  /** Returns whether the proxy is deployed and closed now, by the store. */
  boolean isClosed(Instant now) {
    MaintenanceSettings settings = status.settings();
    return status.deployed() && settings != null && settings.isClosedAt(now);
  }

  /**
   * Returns why it is not known of a proxy that is closed that no request is in flight any more
   * that passed because it was open; empty if it is known.
   */
  List<Warning> obstacles(List<NodeView> nodes) {
    if (nodes.stream().noneMatch(NodeView::live)) {
      return List.of(
          new Warning("NO_GATEWAY", "No gateway of " + status.environment() + " is live."));
    }
    return nodes.stream()
        .flatMap(node -> Stream.ofNullable(node.live() ? ofLive(node) : ofSilent(node)))
        .toList();
  }

  private @Nullable Warning ofLive(NodeView node) {
    String gateway = "The gateway " + node.name();
    HeardCounts heard = counts.get(node.name());
    ProxyCounts present = at(node);
    if (!timeline.isClosedSince(node.servedVersion())) {
      return new Warning("GATEWAY_BEHIND", gateway + " does not serve the API closed yet.");
    }
    if (heard != null && !heard.countsInFlight()) {
      return new Warning(
          "NOT_COUNTED",
          gateway
              + " does not tell what is in flight: it does not count each request until it is over (a"
              + " front without the count, or one that a WebSocket has passed), or one is in flight that"
              + " passed before its first snapshot.");
    }
    if (heard == null
        || present == null
        || !present.closed()
        || !timeline.isClosedSince(heard.version())) {
      return new Warning(
          "NOT_TOLD", gateway + " has not told yet what is in flight since the API was closed.");
    }
    return present.inFlight() == 0
        ? null
        : new Warning(
            "IN_FLIGHT", inFlight(present.inFlight()) + " at the gateway " + node.name() + ".");
  }

  /** A gateway that is silent serves what it last served, or anything that came since. */
  private @Nullable Warning ofSilent(NodeView node) {
    long version = node.servedVersion();
    // Before its first snapshot it may let everything pass.
    if (version == 0 || !timeline.isNotOpenedSince(version)) {
      return silent(node, "it may still serve the API open");
    }
    HeardCounts heard = counts.get(node.name());
    ProxyCounts last = at(node);
    // Also where it did not serve the API: a request may be in flight from before it was
    // undeployed.
    if (heard == null || (last == null && !toldAllWithoutIt(heard))) {
      return silent(node, "it has not told what is in flight");
    }
    if (last != null && last.inFlight() > 0) {
      return silent(node, inFlight(last.inFlight()) + " there by what it told last");
    }
    return timeline.isNotOpenedSince(heard.version())
        ? null
        : silent(node, "it has not told what is in flight since the API was closed");
  }

  /** Returns whether a gateway that did not serve the API told what is in flight to any. */
  private boolean toldAllWithoutIt(HeardCounts heard) {
    return heard.countsInFlight()
        && heard.tellsAllInFlight()
        && Boolean.FALSE.equals(timeline.at(heard.version()).deployed());
  }

  private static Warning silent(NodeView node, String why) {
    return new Warning(
        "GATEWAY_SILENT",
        "The gateway "
            + node.name()
            + " was last heard of "
            + node.age().toSeconds()
            + " s ago, and "
            + why
            + ".");
  }

  private static String inFlight(int requests) {
    return requests + (requests == 1 ? " request is" : " requests are") + " in flight";
  }
}
