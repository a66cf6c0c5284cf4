package dev.intermission.filter;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.ProxyId;
import dev.intermission.api.SnapshotDelta;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Which proxy a host and a plain path belong to: the longest path of the host's own routes, else of
 * the routes for any host. A route that two proxies claim belongs to the first by project and name.
 * Proxies are told by their place in {@link #proxies}.
 */
final class RouteIndex {

  /** No proxy. */
  static final int NONE = PrefixTable.NONE;

  private static final Comparator<ProxyId> ORDER =
      Comparator.comparing(ProxyId::project).thenComparing(ProxyId::name);

  private final List<ApiProxy> proxies;
  private final PrefixTable anyHost;
  private final Map<String, PrefixTable> byHost = new HashMap<>();

  private RouteIndex(List<ApiProxy> proxies, int random) {
    this.proxies = proxies;
    PrefixTable.Builder ofAnyHost = new PrefixTable.Builder(random);
    Map<String, PrefixTable.Builder> ofHost = new HashMap<>();
    for (int place = 0; place < proxies.size(); place++) {
      ApiProxy proxy = proxies.get(place);
      for (String path : proxy.relativePathList()) {
        if (proxy.hostList().isEmpty()) {
          ofAnyHost.add(path, place);
        }
        for (String host : proxy.hostList()) {
          ofHost.computeIfAbsent(host, name -> new PrefixTable.Builder(random)).add(path, place);
        }
      }
    }
    anyHost = ofAnyHost.build();
    ofHost.forEach((host, paths) -> byHost.put(host, paths.build()));
  }

  static RouteIndex of(Collection<DeployedProxy> deployed) {
    return of(deployed, ThreadLocalRandom.current().nextInt());
  }

  static RouteIndex of(Collection<DeployedProxy> deployed, int random) {
    List<ApiProxy> proxies =
        deployed.stream()
            .map(DeployedProxy::proxy)
            .sorted(Comparator.comparing(ApiProxy::id, ORDER))
            .toList();
    return new RouteIndex(proxies, random);
  }

  /** Returns whether this is still the index of a snapshot after these changes. */
  boolean isKeptBy(SnapshotDelta delta) {
    return delta.undeployed().isEmpty()
        && delta.deployed().stream().map(DeployedProxy::proxy).allMatch(this::hasSameRoutes);
  }

  private boolean hasSameRoutes(ApiProxy proxy) {
    int place = placeOf(proxy.id());
    return place != NONE
        && proxy.relativePathList().equals(proxies.get(place).relativePathList())
        && proxy.hostList().equals(proxies.get(place).hostList());
  }

  /** Returns the proxies, each at its place. */
  List<ApiProxy> proxies() {
    return proxies;
  }

  /** Returns the place of a proxy, or {@link #NONE}. */
  int placeOf(ProxyId id) {
    int low = 0;
    int high = proxies.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = ORDER.compare(proxies.get(middle).id(), id);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return NONE;
  }

  /** Returns whether the host matters at all. */
  boolean hasHosts() {
    return !byHost.isEmpty();
  }

  /**
   * Returns the place of the proxy that covers a request, or {@link #NONE}.
   *
   * @param host a host as {@link HostName#plain} returns it, or null where there is none
   */
  int find(@Nullable String host, String path) {
    PrefixTable own = host == null ? null : byHost.get(host);
    int found = own == null ? NONE : own.find(path);
    return found == NONE ? anyHost.find(path) : found;
  }
}
