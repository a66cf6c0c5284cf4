package dev.intermission.admin.trace;

import dev.intermission.admin.access.Admission;
import dev.intermission.admin.http.Resource;
import dev.intermission.api.store.SettingsStore;
import dev.intermission.api.store.TraceStore;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calls about what was recorded of an API's requests (contract section 12), and the thread that
 * deletes what is too old.
 */
public final class TracesCalls implements AutoCloseable {

  private final Admission admission;
  private final SettingsStore settings;
  private final Clock clock;
  private final @Nullable TraceStore traces;
  private final @Nullable TracesPruning pruning;

  /**
   * Makes them; nothing is deleted before {@link #start}.
   *
   * @param traces what was recorded, or null where nothing is kept: then there are no such calls
   */
  public TracesCalls(
      Admission admission, SettingsStore settings, @Nullable TraceStore traces, Clock clock) {
    this.admission = admission;
    this.settings = settings;
    this.clock = clock;
    this.traces = traces;
    pruning = traces == null ? null : new TracesPruning(traces);
  }

  /** Returns the resource at each path below that of a proxy. */
  public Map<String, Resource> resources(String proxy) {
    if (traces == null || pruning == null) {
      return Map.of();
    }
    TracesReaders readers = new TracesReaders(traces, clock);
    return Map.of(
        proxy + "/traces",
        new TracesResource(admission, settings, traces, readers, pruning),
        proxy + "/traces/{trace}",
        new TracesRecordResource(admission, traces, readers));
  }

  /** Deletes what is too old from now on; to be called once. */
  public void start() {
    if (pruning != null) {
      pruning.start();
    }
  }

  @Override
  public void close() {
    if (pruning != null) {
      pruning.close();
    }
  }
}
