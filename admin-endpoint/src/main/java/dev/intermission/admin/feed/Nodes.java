package dev.intermission.admin.feed;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The live nodes, and the version that each serves. Thread-safe. */
final class Nodes {

  /** Served versions by environment and node. */
  private final Map<String, Map<String, Long>> served = new HashMap<>();

  /** Notes that the node lives and serves this version; 0 before its first snapshot. */
  synchronized void report(String environment, String node, long version) {
    served.computeIfAbsent(environment, name -> new HashMap<>()).put(node, version);
    notifyAll();
  }

  /** Notes that the node doesn't follow the environment any more. */
  synchronized void remove(String environment, String node) {
    served.getOrDefault(environment, Map.of()).remove(node);
    notifyAll();
  }

  /** Waits until each live node of the environment serves the version, or the time is over. */
  synchronized Propagation await(String environment, long version, Duration timeout)
      throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    Propagation now = propagation(environment, version);
    for (long left = timeout.toNanos(); !now.complete() && left > 0; ) {
      // Rounded up, so that a last fraction of a millisecond isn't an endless wait(0).
      wait(left / 1_000_000 + 1);
      left = deadline - System.nanoTime();
      now = propagation(environment, version);
    }
    return now;
  }

  private Propagation propagation(String environment, long version) {
    Map<String, Long> nodes = served.getOrDefault(environment, Map.of());
    List<String> behind =
        nodes.entrySet().stream()
            .filter(node -> node.getValue() < version)
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    return new Propagation(nodes.size(), behind);
  }
}
