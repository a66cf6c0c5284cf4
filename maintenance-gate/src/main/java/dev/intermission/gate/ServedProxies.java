package dev.intermission.gate;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.ProxyId;
import dev.intermission.api.Snapshot;
import dev.intermission.api.SnapshotDelta;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The proxies of one snapshot, compiled. Immutable; the next one shares with this one everything
 * that has not changed. A proxy's place in the array and in the bits is its index in the routes.
 *
 * @param closed which proxies are closed
 * @param withBypassTokens how many proxies have bypass tokens
 * @param withExemptions how many proxies have anything that lets requests pass while they are
 *     closed, bypass tokens included
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ServedProxies(
    Snapshot snapshot,
    RouteIndex routes,
    ServedProxy[] served,
    BitSet closed,
    int withBypassTokens,
    int withExemptions) {

  /** Those of no snapshot. */
  static ServedProxies none() {
    return new ServedProxies(
        Snapshot.empty(""), RouteIndex.of(List.of()), new ServedProxy[0], new BitSet(), 0, 0);
  }

  /**
   * Returns the proxies of the next snapshot.
   *
   * @param delta what {@link #changesTo} returned
   */
  ServedProxies next(
      Snapshot next, SnapshotDelta delta, Windows windows, SharedExemptions exemptions) {
    return routes.isKeptBy(delta)
        ? sameRoutes(next, delta, windows, exemptions)
        : otherRoutes(next, windows, exemptions);
  }

  /** Returns the same proxies after windows of these began or ended. */
  ServedProxies with(List<ProxyId> changed, Windows windows) {
    BitSet nextClosed = (BitSet) closed.clone();
    for (ProxyId id : changed) {
      int index = routes.indexOf(id);
      nextClosed.set(index, windows.isClosed(served[index].deployed()));
    }
    return new ServedProxies(
        snapshot, routes, served, nextClosed, withBypassTokens, withExemptions);
  }

  private ServedProxies sameRoutes(
      Snapshot next, SnapshotDelta delta, Windows windows, SharedExemptions exemptions) {
    ServedProxy[] nextServed = served.clone();
    BitSet nextClosed = (BitSet) closed.clone();
    int nextTokens = withBypassTokens;
    int nextExemptions = withExemptions;
    for (DeployedProxy deployed : delta.deployed()) {
      int index = routes.indexOf(deployed.id());
      ServedProxy proxy = new ServedProxy(deployed, exemptions.of(deployed));
      nextTokens += tokens(proxy) - tokens(nextServed[index]);
      nextExemptions += exempting(proxy) - exempting(nextServed[index]);
      nextServed[index] = proxy;
      nextClosed.set(index, windows.isClosed(deployed));
    }
    return new ServedProxies(next, routes, nextServed, nextClosed, nextTokens, nextExemptions);
  }

  private ServedProxies otherRoutes(Snapshot next, Windows windows, SharedExemptions exemptions) {
    RouteIndex nextRoutes = RouteIndex.of(next.proxies().values());
    List<ApiProxy> proxies = nextRoutes.proxies();
    ServedProxy[] nextServed = new ServedProxy[proxies.size()];
    BitSet nextClosed = new BitSet(nextServed.length);
    int nextTokens = 0;
    int nextExemptions = 0;
    for (int index = 0; index < nextServed.length; index++) {
      ProxyId id = proxies.get(index).id();
      DeployedProxy deployed = Objects.requireNonNull(next.proxies().get(id));
      ServedProxy before = served(id);
      ServedProxy proxy =
          before != null && before.isOf(deployed)
              ? before
              : new ServedProxy(deployed, exemptions.of(deployed));
      nextServed[index] = proxy;
      nextTokens += tokens(proxy);
      nextExemptions += exempting(proxy);
      nextClosed.set(index, windows.isClosed(deployed));
    }
    return new ServedProxies(next, nextRoutes, nextServed, nextClosed, nextTokens, nextExemptions);
  }

  private static int tokens(ServedProxy proxy) {
    return proxy.hasBypassTokens() ? 1 : 0;
  }

  private static int exempting(ServedProxy proxy) {
    return proxy.exemptions() == null ? 0 : 1;
  }

  /** Returns what the next snapshot changes. */
  SnapshotDelta changesTo(Snapshot next) {
    // The state of a gate before its first snapshot belongs to no environment.
    return next.since(
        snapshot.environment().equals(next.environment())
            ? snapshot
            : Snapshot.empty(next.environment()));
  }

  /** Returns a proxy, or null if it is not deployed. */
  @Nullable ServedProxy served(ProxyId id) {
    int index = routes.indexOf(id);
    return index == RouteIndex.NONE ? null : served[index];
  }
}
