package dev.intermission.admin.overview;

import dev.intermission.api.ProxyId;
import dev.intermission.api.store.ProxyOverview;
import dev.intermission.api.store.SettingsStore;
import dev.intermission.feed.server.AdminFeed;
import dev.intermission.feed.server.HeardCounts;
import dev.intermission.feed.server.NodeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Counts the gateways that serve proxies, asking for those of each environment once. Thread-safe.
 */
final class ServingNodes {

  private final AdminFeed feed;
  private final SettingsStore store;

  /** The last minute is that before this time, however late it is asked for. */
  private final long nanos;

  private final Map<String, Live> byEnvironment = new ConcurrentHashMap<>();

  /** Asks for the gateways of an environment when they are needed. */
  ServingNodes(AdminFeed feed, SettingsStore store) {
    this(feed, store, System.nanoTime());
  }

  /**
   * @param nanos the present time by the monotonic clock
   */
  ServingNodes(AdminFeed feed, SettingsStore store, long nanos) {
    this.feed = feed;
    this.store = store;
    this.nanos = nanos;
  }

  /** Returns the time by the monotonic clock at which these were asked for. */
  long nanos() {
    return nanos;
  }

  /** Asks for the gateways of these environments now. */
  static ServingNodes in(Set<String> environments, AdminFeed feed, SettingsStore store) {
    ServingNodes nodes = new ServingNodes(feed, store);
    environments.forEach(nodes::live);
    return nodes;
  }

  /**
   * The gateways of an environment by what they do with a proxy.
   *
   * @param serving those that serve the proxy as it is deployed
   * @param live those that are heard of
   * @param behind those that are live and don't have the proxy as the store has it
   */
  record Count(int serving, int live, int behind) {}

  /**
   * The live gateways.
   *
   * @param heard what they have counted, null for one that has told nothing
   * @param newest the environment's newest version, read after what they serve
   */
  private record Live(List<Long> servedVersions, List<@Nullable HeardCounts> heard, long newest) {}

  Count count(ProxyOverview.At at) {
    Live live = live(at.environment());
    int all = live.servedVersions().size();
    int current = 0;
    // It runs for each of a hundred thousand proxies, hence no stream.
    for (int i = 0; i < all; i++) {
      long version = live.servedVersions().get(i);
      // One after the newest is of a store that was restored from a backup and counts again.
      if (version >= at.environmentVersion() && version <= live.newest()) {
        current++;
      }
    }
    return new Count(at.inForce() == null ? 0 : current, all, all - current);
  }

  /** Returns the requests to a proxy that is closed, as the gateways have counted them. */
  CountedAtNodes requests(ProxyId proxy, String environment) {
    return CountedAtNodes.of(proxy, live(environment).heard(), nanos);
  }

  /** Returns the environments in which every count is as with these. */
  Set<String> countedLike(ServingNodes others) {
    return byEnvironment.entrySet().stream()
        .filter(each -> each.getValue().equals(others.live(each.getKey())))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private Live live(String environment) {
    return byEnvironment.computeIfAbsent(environment, this::read);
  }

  private Live read(String environment) {
    List<NodeView> live = feed.nodes(environment).stream().filter(NodeView::live).toList();
    Map<String, HeardCounts> counts = feed.counts(environment);
    List<@Nullable HeardCounts> heard = new ArrayList<>();
    live.forEach(node -> heard.add(counts.get(node.name())));
    return new Live(
        live.stream().map(NodeView::servedVersion).toList(), heard, store.version(environment));
  }
}
