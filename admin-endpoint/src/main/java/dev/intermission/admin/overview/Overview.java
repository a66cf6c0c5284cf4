package dev.intermission.admin.overview;

import dev.intermission.api.ProxyId;
import dev.intermission.api.store.OverviewChanges;
import dev.intermission.api.store.ProxyOverview;
import dev.intermission.api.store.SettingsStore;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * All proxies as the store has them. They are kept in memory, and each read first asks the store
 * for the number of its newest change: so a read shows every change that was committed before it,
 * by whichever admin node, and reads from the store only what changed. Thread-safe.
 */
final class Overview {

  /** The order of the results. */
  static final Comparator<ProxyId> BY_NAME =
      Comparator.comparing(ProxyId::project).thenComparing(ProxyId::name);

  private final SettingsStore store;
  private volatile State known = new State(0, new TreeMap<>(BY_NAME));

  /**
   * All proxies at one moment.
   *
   * @param change the number of the newest change
   * @param proxies by name; not changed any more
   */
  record State(long change, NavigableMap<ProxyId, ProxyOverview> proxies) {}

  Overview(SettingsStore store) {
    this.store = store;
  }

  /**
   * Returns the present state. The first call reads everything, which may take many seconds; those
   * that come meanwhile wait for the same reading.
   */
  State read() {
    State state = known;
    return store.newestChange() == state.change() ? state : newest();
  }

  /** One thread reads what changed, and those who wait for it meanwhile have nothing to read. */
  private synchronized State newest() {
    OverviewChanges changes = store.overviewSince(known.change());
    if (changes.newest() == known.change() && !changes.everything()) {
      return known;
    }
    NavigableMap<ProxyId, ProxyOverview> proxies = new TreeMap<>(BY_NAME);
    if (!changes.everything()) {
      proxies.putAll(known.proxies());
    }
    changes.proxies().forEach(proxy -> proxies.put(proxy.id(), proxy));
    known = new State(changes.newest(), proxies);
    return known;
  }
}
