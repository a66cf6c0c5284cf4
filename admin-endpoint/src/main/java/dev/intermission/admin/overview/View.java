package dev.intermission.admin.overview;

import dev.intermission.api.Window;
import dev.intermission.api.store.InForce;
import dev.intermission.api.store.ProxyOverview;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How everything stands at one moment, as this admin node knows it. What gateways count belongs
 * here, beside what they serve. Thread-safe.
 *
 * @param time by the clock of this admin node, which windows begin and end by
 * @param storeTime by the clock of the store, which other admin nodes have too
 */
record View(Overview.State state, ServingNodes nodes, Instant time, Instant storeTime) {

  /**
   * A line that is another one than before.
   *
   * @param before null if it is new
   * @param after null if it is gone
   */
  record Change(@Nullable OverviewLine before, @Nullable OverviewLine after) {}

  /**
   * What differs from another view.
   *
   * @param changes the lines that differ in more than their counts
   * @param counted the lines that differ in their counts alone
   */
  record Differences(List<Change> changes, List<ClosedLines.Place> counted) {

    Differences() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    private void add(@Nullable OverviewLine before, @Nullable OverviewLine after) {
      if (before == null || after == null || !before.isLike(after)) {
        changes.add(new Change(before, after));
      } else if (!Objects.equals(before.requests(), after.requests())) {
        counted.add(ClosedLines.Place.of(after));
      }
    }
  }

  /** Returns when it was made, by the monotonic clock. */
  long nanos() {
    return nodes.nanos();
  }

  /** Returns the line at this place, or null if there is none. */
  @Nullable OverviewLine line(ClosedLines.Place place) {
    return line(state.proxies().get(place.proxy()), place.environment());
  }

  OverviewLine line(ProxyOverview proxy, ProxyOverview.At at) {
    return OverviewLine.of(proxy, at, nodes, time);
  }

  /**
   * Returns what changed since another view.
   *
   * @param most how many changes are of interest; if there are more, some more than these are
   *     returned
   */
  Differences changesSince(View before, int most) {
    Differences changes = new Differences();
    Set<String> alike = nodes.countedLike(before.nodes);
    Iterator<ProxyOverview> others = before.state.proxies().values().iterator();
    ProxyOverview other = next(others);
    for (ProxyOverview proxy : state.proxies().values()) {
      while (other != null && isBefore(other, proxy)) {
        compare(before, alike, other, null, changes);
        other = next(others);
      }
      boolean isThere = other != null && other.id().equals(proxy.id());
      compare(before, alike, isThere ? other : null, proxy, changes);
      if (changes.changes().size() > most) {
        return changes;
      }
      other = isThere ? next(others) : other;
    }
    for (; other != null; other = next(others)) {
      compare(before, alike, other, null, changes);
    }
    return changes;
  }

  private static @Nullable ProxyOverview next(Iterator<ProxyOverview> proxies) {
    return proxies.hasNext() ? proxies.next() : null;
  }

  private static boolean isBefore(ProxyOverview one, ProxyOverview other) {
    return !isSame(one, other) && Overview.BY_NAME.compare(one.id(), other.id()) < 0;
  }

  /** What did not change is the same object; comparing values would cost more. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean isSame(@Nullable ProxyOverview one, @Nullable ProxyOverview other) {
    return one == other;
  }

  /**
   * @param alike the environments in which the gateways count as before
   */
  private void compare(
      View before,
      Set<String> alike,
      @Nullable ProxyOverview was,
      @Nullable ProxyOverview is,
      Differences changes) {
    if (is != null) {
      for (ProxyOverview.At at : is.environments()) {
        if (!isSame(was, is) || mayDiffer(before, alike, is, at)) {
          changes.add(before.line(was, at.environment()), line(is, at));
        }
      }
    }
    if (was != null && !isSame(was, is)) {
      for (ProxyOverview.At at : was.environments()) {
        if (at(is, at.environment()) == null) {
          changes.add(before.line(was, at), null);
        }
      }
    }
  }

  /** A proxy that the store has as before may have another line by its gateways or by the clock. */
  private boolean mayDiffer(
      View before, Set<String> alike, ProxyOverview proxy, ProxyOverview.At at) {
    InForce inForce = at.inForce();
    return (inForce != null && inForce.enabled() && !inForce.window().equals(Window.NONE))
        || (!alike.contains(at.environment()) && !nodes.count(at).equals(before.nodes.count(at)))
        // Those of the last minute also change when nothing is counted any more.
        || (inForce != null
            && inForce.enabled()
            && !nodes
                .requests(proxy.id(), at.environment())
                .equals(before.nodes.requests(proxy.id(), at.environment())));
  }

  private @Nullable OverviewLine line(@Nullable ProxyOverview proxy, String environment) {
    ProxyOverview.At at = at(proxy, environment);
    return proxy == null || at == null ? null : line(proxy, at);
  }

  private static ProxyOverview.@Nullable At at(@Nullable ProxyOverview proxy, String environment) {
    if (proxy == null) {
      return null;
    }
    for (ProxyOverview.At at : proxy.environments()) {
      if (at.environment().equals(environment)) {
        return at;
      }
    }
    return null;
  }
}
