package dev.intermission.admin.overview;

import dev.intermission.api.store.ProxyOverview;
import dev.intermission.api.store.SettingsStore;
import dev.intermission.feed.server.AdminFeed;
import dev.intermission.feed.server.NodeView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts the gateways that serve proxies, asking for those of each environment once. */
final class ServingNodes {

  private final AdminFeed feed;
  private final SettingsStore store;
  private final Map<String, Live> byEnvironment = new HashMap<>();

  ServingNodes(AdminFeed feed, SettingsStore store) {
    this.feed = feed;
    this.store = store;
  }

  /**
   * The gateways of an environment by what they do with a proxy.
   *
   * @param serving those that serve the proxy as it is deployed
   * @param live those that are heard of
   * @param behind those that are live and don't have the proxy as the store has it
   */
  record Count(long serving, int live, long behind) {}

  /**
   * The live gateways.
   *
   * @param newest the environment's newest version, read after what they serve
   */
  private record Live(List<Long> servedVersions, long newest) {}

  Count count(ProxyOverview.At at) {
    Live live = byEnvironment.computeIfAbsent(at.environment(), this::live);
    // A version after the newest is one that a store which was restored from a backup counts again.
    long current =
        live.servedVersions().stream()
            .filter(version -> version >= at.environmentVersion() && version <= live.newest())
            .count();
    int all = live.servedVersions().size();
    return new Count(at.inForce() == null ? 0 : current, all, all - current);
  }

  private Live live(String environment) {
    List<Long> served =
        feed.nodes(environment).stream()
            .filter(NodeView::live)
            .map(NodeView::servedVersion)
            .toList();
    return new Live(served, store.version(environment));
  }
}
