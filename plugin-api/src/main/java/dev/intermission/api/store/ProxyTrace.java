package dev.intermission.api.store;

import dev.intermission.api.TraceWindow;
import java.time.Instant;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The trace settings of a proxy.
 *
 * @param saved what is saved
 * @param inForce the window that is deployed in each environment that has one, by its name; it may
 *     have passed
 * @param since when what is saved was deployed first in its environment; null where the next
 *     deployment there is the first
 */
public record ProxyTrace(
    SavedTrace saved, SortedMap<String, TraceWindow> inForce, @Nullable Instant since) {

  public ProxyTrace {
    Objects.requireNonNull(saved, "saved");
    inForce = Collections.unmodifiableSortedMap(new TreeMap<>(inForce));
  }

  /** Returns the window of what is saved, as a deployment at this time leaves it. */
  public TraceWindow window(Instant now) {
    return saved.settings().window(since == null ? now : since);
  }
}
