package dev.intermission.admin.trace;

import dev.intermission.admin.access.Admission;
import dev.intermission.admin.http.Resource;
import dev.intermission.api.store.SettingsStore;
import dev.intermission.api.store.TraceStore;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The calls about what was recorded of an API's requests (contract section 12), and the thread that
 * deletes what is too old.
 */
public final class TracesCalls implements AutoCloseable {

  private final Admission admission;
  private final SettingsStore settings;
  private final TraceStore traces;
  private final TracesReaders readers;
  private final TracesPruning pruning;

  /** Makes them; nothing is deleted before {@link #start}. */
  public TracesCalls(Admission admission, SettingsStore settings, TraceStore traces, Clock clock) {
    this.admission = admission;
    this.settings = settings;
    this.traces = traces;
    readers = new TracesReaders(traces, clock);
    pruning = new TracesPruning(traces);
  }

  /** Returns the resource at each path below that of a proxy. */
  public Map<String, Resource> resources(String proxy) {
    Map<String, Resource> resources = new LinkedHashMap<>();
    resources.put(
        proxy + "/traces", new TracesResource(admission, settings, traces, readers, pruning));
    resources.put(proxy + "/traces/{trace}", new TracesRecordResource(admission, traces, readers));
    return resources;
  }

  /** Deletes what is too old from now on; to be called once. */
  public void start() {
    pruning.start();
  }

  @Override
  public void close() {
    pruning.close();
  }
}
