package dev.intermission.admin.feed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The nodes that were heard of, and the version that each serves. A node in this process lives as
 * long as it is attached; another lives while it asks for news often enough. Measured by the
 * monotonic clock: a wall clock that jumps kills no node. Thread-safe.
 */
final class Nodes {

  /** A node that is silent for longer than this, one and a half of the longest poll, is gone. */
  static final Duration LIVES = Duration.ofSeconds(15);

  /** By environment and node. */
  private final Map<String, Map<String, Seen>> seen = new HashMap<>();

  private record Seen(long version, boolean attached, long heard) {

    boolean lives(long now) {
      return attached || now - heard < LIVES.toNanos();
    }

    Seen serving(long newVersion) {
      return new Seen(newVersion, attached, System.nanoTime());
    }
  }

  /** Notes that a node in this process follows the environment, and serves nothing yet. */
  synchronized void attach(String environment, String node) {
    of(environment).put(node, new Seen(0, true, System.nanoTime()));
    notifyAll();
  }

  /** Notes that the node lives and serves this version; 0 before its first snapshot. */
  synchronized void report(String environment, String node, long version) {
    Map<String, Seen> nodes = of(environment);
    nodes.put(node, nodes.getOrDefault(node, new Seen(0, false, 0)).serving(version));
    notifyAll();
  }

  /** Notes that the node doesn't follow the environment any more. */
  synchronized void remove(String environment, String node) {
    of(environment).remove(node);
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
    long now = System.nanoTime();
    int live = 0;
    List<String> behind = new ArrayList<>();
    for (Map.Entry<String, Seen> node : of(environment).entrySet()) {
      if (node.getValue().lives(now)) {
        live++;
        if (node.getValue().version() < version) {
          behind.add(node.getKey());
        }
      }
    }
    behind.sort(null);
    return new Propagation(live, behind);
  }

  private Map<String, Seen> of(String environment) {
    return seen.computeIfAbsent(environment, name -> new HashMap<>());
  }
}
