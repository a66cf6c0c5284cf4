package dev.intermission.feed.server;

import java.util.List;

/**
 * Which nodes serve a snapshot version.
 *
 * @param nodes how many nodes of the environment are live
 * @param behind the names of those that don't serve the version yet, sorted
 */
public record Propagation(int nodes, List<String> behind) {

  public Propagation {
    behind = List.copyOf(behind);
  }

  /** Returns whether no live node is behind. */
  public boolean complete() {
    return behind.isEmpty();
  }
}
