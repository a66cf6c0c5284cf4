package dev.intermission.filter;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.ProxyId;
import dev.intermission.api.Route;
import dev.intermission.api.Snapshot;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which proxy a host and a plain path belong to: the longest path of the host's own routes, else of
 * the routes for any host. A route that two proxies claim belongs to the first by project and name.
 * Proxies are told by their place in {@link #ids}.
 */
final class RouteIndex {

  /** No proxy. */
  static final int NONE = PrefixTable.NONE;

  private final List<ApiProxy> proxies;
  private final PrefixTable anyHost;
  private final Map<String, PrefixTable> byHost = new HashMap<>();

  private RouteIndex(List<ApiProxy> proxies) {
    this.proxies = proxies;
    Map<String, Integer> anyHostPaths = new HashMap<>();
    Map<String, Map<String, Integer>> pathsByHost = new HashMap<>();
    for (int place = 0; place < proxies.size(); place++) {
      for (Route route : proxies.get(place).routes()) {
        String host = route.host();
        Map<String, Integer> paths =
            host == null
                ? anyHostPaths
                : pathsByHost.computeIfAbsent(host, name -> new HashMap<>());
        paths.putIfAbsent(route.path(), place);
      }
    }
    anyHost = new PrefixTable(anyHostPaths);
    pathsByHost.forEach((host, paths) -> byHost.put(host, new PrefixTable(paths)));
  }

  static RouteIndex of(Snapshot snapshot) {
    return new RouteIndex(
        snapshot.proxies().values().stream()
            .map(DeployedProxy::proxy)
            .sorted(
                Comparator.comparing((ApiProxy proxy) -> proxy.id().project())
                    .thenComparing(proxy -> proxy.id().name()))
            .toList());
  }

  /** Returns whether this index says the same as one built for the snapshot. */
  boolean isOf(Snapshot snapshot) {
    if (snapshot.proxies().size() != proxies.size()) {
      return false;
    }
    for (ApiProxy proxy : proxies) {
      DeployedProxy deployed = snapshot.proxies().get(proxy.id());
      if (deployed == null || !sameRoutes(proxy, deployed.proxy())) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameRoutes(ApiProxy one, ApiProxy other) {
    return one.relativePathList().equals(other.relativePathList())
        && one.hostList().equals(other.hostList());
  }

  /** Returns the proxies' ids, each at its place. */
  Stream<ProxyId> ids() {
    return proxies.stream().map(ApiProxy::id);
  }

  /** Returns whether the host matters at all. */
  boolean hasHosts() {
    return !byHost.isEmpty();
  }

  /**
   * Returns the place of the proxy, or {@link #NONE}.
   *
   * @param host a host as {@link HostName#plain} returns it, or null where there is none
   */
  int find(@Nullable String host, String path) {
    PrefixTable own = host == null ? null : byHost.get(host);
    int found = own == null ? NONE : own.find(path);
    return found == NONE ? anyHost.find(path) : found;
  }
}
