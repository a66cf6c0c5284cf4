package dev.intermission.admin.overview;

import dev.intermission.admin.access.Admission;
import dev.intermission.admin.http.Resource;
import dev.intermission.api.store.ProxyOverview;
import dev.intermission.api.store.SettingsStore;
import dev.intermission.feed.server.AdminFeed;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;

/** The calls that tell how all proxies stand (contract section 9). */
public final class OverviewCalls implements AutoCloseable {

  private final Overview overview;
  private final Map<String, Resource> resources;
  private final EventStreams streams;

  public OverviewCalls(Admission admission, SettingsStore store, AdminFeed feed, Clock clock) {
    overview = new Overview(store);
    streams = new EventStreams(admission, store, feed, overview, clock);
    resources =
        Map.of(
            "maintenance",
            new OverviewResource(admission, store, feed, overview, clock),
            "maintenance/events",
            new EventsResource(admission, new KnownNames(store), streams));
  }

  /** Returns the resource at each path. */
  public Map<String, Resource> resources() {
    return resources;
  }

  /**
   * Returns how all proxies stand now, ordered by project and name.
   *
   * @throws dev.intermission.api.store.StoreUnavailableException if the store can't be read
   */
  public Collection<ProxyOverview> proxies() {
    return overview.read().proxies().values();
  }

  /**
   * Begins to read the overview, so that the first call finds it in memory, and to keep it current;
   * to be called once.
   */
  public void start() {
    streams.start();
  }

  /** Ends all event streams, and lets no other begin. */
  public void endStreams() {
    streams.end();
  }

  /** Ends all event streams, and what keeps the overview current. */
  @Override
  public void close() {
    streams.close();
  }
}
