package dev.intermission.admin.overview;

import dev.intermission.api.Moment;
import dev.intermission.api.Window;
import dev.intermission.api.store.InForce;
import dev.intermission.api.store.ProxyOverview;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a proxy stands in an environment, in the form of an answer (contract section 9). */
record OverviewLine(
    String project,
    String name,
    List<String> categoryList,
    String environmentName,
    boolean deployed,
    boolean closed,
    @Nullable String since,
    @Nullable String username,
    @Nullable String startsAt,
    @Nullable String endsAt,
    boolean reopenAtEnd,
    @Nullable Integer httpStatusCode,
    @Nullable Long revision,
    boolean redeployRequired,
    ServingNodes.Count nodes,
    @Nullable CountedAtNodes requests) {

  static OverviewLine of(
      ProxyOverview proxy, ProxyOverview.At at, ServingNodes nodes, Instant now) {
    InForce inForce = at.inForce();
    boolean isClosed = inForce != null && inForce.isClosedAt(now);
    Window window = inForce == null ? Window.NONE : inForce.window();
    return new OverviewLine(
        proxy.id().project(),
        proxy.id().name(),
        proxy.categories(),
        at.environment(),
        inForce != null,
        isClosed,
        inForce == null ? null : inForce.sinceAt(now).toString(),
        inForce == null ? null : inForce.sinceByAt(now),
        text(window.startsAt()),
        text(window.endsAt()),
        window.reopenAtEnd(),
        inForce == null ? null : inForce.httpStatusCode(),
        inForce == null ? null : inForce.revision(),
        at.redeployRequired(),
        nodes.count(at),
        isClosed ? nodes.requests(proxy.id(), at.environment()) : null);
  }

  /** Returns whether another line is the same, whatever was counted. */
  boolean isLike(OverviewLine other) {
    return withoutCounts().equals(other.withoutCounts());
  }

  /** Returns this line without what was counted. */
  OverviewLine withoutCounts() {
    return requests == null
        ? this
        : new OverviewLine(
            project,
            name,
            categoryList,
            environmentName,
            deployed,
            closed,
            since,
            username,
            startsAt,
            endsAt,
            reopenAtEnd,
            httpStatusCode,
            revision,
            redeployRequired,
            nodes,
            null);
  }

  private static @Nullable String text(@Nullable Moment moment) {
    return moment == null ? null : moment.value();
  }
}
