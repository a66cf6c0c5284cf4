package dev.intermission.gate;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.ProxyId;
import dev.intermission.api.SnapshotDelta;
import java.util.Arrays;
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

  /** In the order of {@link #hashes}: sorting numbers is quicker than sorting names. */
  private final List<ApiProxy> proxies;

  private final int[] hashes;
  private final PrefixTable anyHost;
  private final Map<String, PrefixTable> byHost = new HashMap<>();

  private RouteIndex(List<ApiProxy> proxies, int[] hashes, int random) {
    this.proxies = proxies;
    this.hashes = hashes;
    PrefixTable.Builder ofAnyHost = new PrefixTable.Builder(random, this::first);
    Map<String, PrefixTable.Builder> ofHost = new HashMap<>();
    for (int place = 0; place < proxies.size(); place++) {
      ApiProxy proxy = proxies.get(place);
      for (String path : proxy.relativePathList()) {
        if (proxy.hostList().isEmpty()) {
          ofAnyHost.add(path, place);
        }
        for (String host : proxy.hostList()) {
          ofHost
              .computeIfAbsent(host, name -> new PrefixTable.Builder(random, this::first))
              .add(path, place);
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
    ApiProxy[] unsorted = deployed.stream().map(DeployedProxy::proxy).toArray(ApiProxy[]::new);
    long[] order = new long[unsorted.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = (long) unsorted[i].id().hashCode() << 32 | i;
    }
    Arrays.sort(order);
    ApiProxy[] proxies = new ApiProxy[order.length];
    int[] hashes = new int[order.length];
    for (int place = 0; place < order.length; place++) {
      proxies[place] = unsorted[(int) order[place]];
      hashes[place] = (int) (order[place] >>> 32);
    }
    return new RouteIndex(List.of(proxies), hashes, random);
  }

  private int first(int one, int other) {
    return ORDER.compare(proxies.get(one).id(), proxies.get(other).id()) <= 0 ? one : other;
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
    int hash = id.hashCode();
    int place = Arrays.binarySearch(hashes, hash);
    while (place > 0 && hashes[place - 1] == hash) {
      place--;
    }
    for (; place >= 0 && place < hashes.length && hashes[place] == hash; place++) {
      if (proxies.get(place).id().equals(id)) {
        return place;
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

  /** Returns what the paths of this host's routes begin with. */
  Prefixes prefixes(@Nullable String host) {
    PrefixTable own = host == null ? null : byHost.get(host);
    return own == null ? anyHost : own.and(anyHost);
  }
}
