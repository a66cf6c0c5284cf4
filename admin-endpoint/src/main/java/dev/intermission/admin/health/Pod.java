package dev.intermission.admin.health;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyCounts;
import dev.intermission.feed.server.NodeView;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One gateway; if it is not live, what it served when it was last heard of. */
record Pod(
    String name,
    boolean active,
    String lastSeen,
    @Nullable Long clockOffsetMillis,
    long servedVersion,
    @Nullable Boolean routeActive,
    @Nullable Long revision,
    @Nullable Mode maintenanceMode,
    boolean inconsistent,
    @Nullable Integer inFlight,
    @Nullable Integer letIn,
    @Nullable String servedPath,
    List<String> methods,
    String workerPodIp,
    String apinizerRootContext,
    @Nullable String error) {

  boolean serves() {
    return Boolean.TRUE.equals(routeActive);
  }

  static Pod of(NodeView node, ApiProxy proxy, Drain drain, Instant now) {
    Timeline timeline = drain.timeline();
    ProxyCounts counts = drain.at(node);
    Served served = timeline.at(node.servedVersion());
    boolean serves = node.live() && Boolean.TRUE.equals(served.deployed());
    return new Pod(
        node.name(),
        node.live(),
        now.minus(node.age()).truncatedTo(ChronoUnit.MILLIS).toString(),
        node.clockOffset() == null ? null : node.clockOffset().toMillis(),
        node.servedVersion(),
        node.live() ? served.deployed() : Boolean.FALSE,
        served.revision(),
        Mode.of(served.settings(), now),
        !timeline.isCurrent(node.servedVersion()),
        counts == null ? null : counts.inFlight(),
        drain.letIn(node),
        serves ? proxy.relativePathList().get(0) : null,
        RouteHealthResource.METHODS,
        node.ip(),
        RouteHealthResource.ROOT_CONTEXT,
        node.live() ? null : "The gateway was last heard of " + node.age().toSeconds() + " s ago");
  }

  /** What a gateway has of a proxy; closed by the clock of this admin node. */
  private record Mode(boolean enabled, int httpStatusCode, boolean closed) {

    static @Nullable Mode of(@Nullable MaintenanceSettings settings, Instant now) {
      return settings == null
          ? null
          : new Mode(settings.enabled(), settings.httpStatusCode(), settings.isClosedAt(now));
    }
  }
}
