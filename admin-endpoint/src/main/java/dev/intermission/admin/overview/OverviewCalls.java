package dev.intermission.admin.overview;

import dev.intermission.admin.access.Admission;
import dev.intermission.admin.http.Resource;
import dev.intermission.api.store.SettingsStore;
import dev.intermission.feed.server.AdminFeed;
import java.time.Clock;
import java.util.Map;

/** The calls that tell how all proxies stand (contract section 9). */
public final class OverviewCalls implements AutoCloseable {

  private final Map<String, Resource> resources;
  private final EventStreams streams;

  public OverviewCalls(Admission admission, SettingsStore store, AdminFeed feed, Clock clock) {
    Overview overview = new Overview(store);
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
