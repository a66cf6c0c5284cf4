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
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Finds the proxy that a host and a plain path belong to. Proxies are identified by their index in
 * {@link #proxies}.
 *
 * <p>The routes without a host are in one {@link PrefixTable}, the routes of each host in another.
 * The host's own table is asked first; the one for any host only if nothing was found there. So a
 * short route of the host wins over a longer one for any host:
 *
 * <pre>
 * route                          proxy          matches
 * any host, /api                 MyAPI          /api, /api/v1 on all hosts but shop.example
 * any host, /api/v2              MyAPI2         /api/v2 on all hosts but shop.example
 * shop.example, /api             ShopAPI        /api, /api/v1, /api/v2 on shop.example
 * any host, /petstore            petstore-api   /petstore on all hosts, shop.example included
 * </pre>
 *
 * <p>A route that two proxies claim belongs to the first of them by project and name.
 */
final class RouteIndex {

  /** The result if no proxy matches. */
  static final int NONE = PrefixTable.NONE;

  private static final int SHOWN = 5;
  private static final Comparator<ProxyId> ORDER =
      Comparator.comparing(ProxyId::project).thenComparing(ProxyId::name);

  /** Sorted by the hashes of their ids, since sorting numbers is quicker than sorting names. */
  private final List<ApiProxy> proxies;

  private final int[] hashes;
  private final PrefixTable anyHost;
  private final Map<String, PrefixTable> byHost = new HashMap<>();

  private RouteIndex(List<ApiProxy> proxies, int[] hashes, int random) {
    this.proxies = proxies;
    this.hashes = hashes;
    PrefixTable.Builder ofAnyHost = new PrefixTable.Builder(random, this::first);
    Map<String, PrefixTable.Builder> ofHost = new HashMap<>();
    for (int index = 0; index < proxies.size(); index++) {
      ApiProxy proxy = proxies.get(index);
      for (String path : proxy.relativePathList()) {
        if (proxy.hostList().isEmpty()) {
          ofAnyHost.add(path, index);
        }
        for (String host : proxy.hostList()) {
          ofHost
              .computeIfAbsent(host, name -> new PrefixTable.Builder(random, this::first))
              .add(path, index);
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
    for (int index = 0; index < order.length; index++) {
      proxies[index] = unsorted[(int) order[index]];
      hashes[index] = (int) (order[index] >>> 32);
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
    int index = indexOf(proxy.id());
    return index != NONE
        && proxy.relativePathList().equals(proxies.get(index).relativePathList())
        && proxy.hostList().equals(proxies.get(index).hostList());
  }

  /** Returns the proxies; the position of each is its index. */
  List<ApiProxy> proxies() {
    return proxies;
  }

  /** Returns the index of a proxy, or {@link #NONE}. */
  int indexOf(ProxyId id) {
    int hash = id.hashCode();
    int index = Arrays.binarySearch(hashes, hash);
    while (index > 0 && hashes[index - 1] == hash) {
      index--;
    }
    for (; index >= 0 && index < hashes.length && hashes[index] == hash; index++) {
      if (proxies.get(index).id().equals(id)) {
        return index;
      }
    }
    return NONE;
  }

  /** Returns whether any route has a host. */
  boolean hasHosts() {
    return !byHost.isEmpty();
  }

  /**
   * Returns the index of the proxy that covers a request, or {@link #NONE}.
   *
   * @param host a host as {@link dev.intermission.api.HostName#plain} returns it, or null if there
   *     is none
   */
  int find(@Nullable String host, String path) {
    PrefixTable own = host == null ? null : byHost.get(host);
    int found = own == null ? NONE : own.find(path);
    return found == NONE ? anyHost.find(path) : found;
  }

  /** Returns the prefixes of this host's own routes and of those for any host. */
  Prefixes prefixes(@Nullable String host) {
    PrefixTable own = host == null ? null : byHost.get(host);
    return own == null ? anyHost.prefixes() : own.prefixes().and(anyHost.prefixes());
  }

  /** Returns the numbers of proxies and hosts, and the first routes, for people who debug. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "RouteIndex[%d proxies, routes of %d hosts, first: %s]",
        proxies.size(),
        byHost.size(),
        proxies.stream().limit(SHOWN).flatMap(proxy -> proxy.routes().stream()).toList());
  }
}
