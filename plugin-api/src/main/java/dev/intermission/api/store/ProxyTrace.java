package dev.intermission.api.store;

import dev.intermission.api.TraceWindow;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The trace settings of a proxy.
 *
 * @param saved what is saved
 * @param inForce the window that is deployed in each environment that has one, by its name; it may
 *     have passed
 */
public record ProxyTrace(SavedTrace saved, SortedMap<String, TraceWindow> inForce) {

  public ProxyTrace {
    Objects.requireNonNull(saved, "saved");
    inForce = Collections.unmodifiableSortedMap(new TreeMap<>(inForce));
  }
}
