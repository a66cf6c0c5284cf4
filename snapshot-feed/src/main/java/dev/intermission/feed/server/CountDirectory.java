package dev.intermission.feed.server;

import dev.intermission.api.SnapshotFeed;
import dev.intermission.api.store.ToldCounts;
import dev.intermission.feed.CountsReport;
import dev.intermission.feed.UnreadableSnapshotException;
import dev.intermission.runtime.FailureLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The counts of nodes that this or another admin node has heard. Thread-safe. */
final class CountDirectory {

  private final Map<String, Map<String, Known>> known = new HashMap<>();

  /** Those that came to this admin node and that the others don't know yet. */
  private final Set<Node> untold = new LinkedHashSet<>();

  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final FailureLog unreadable =
      new FailureLog(LoggerFactory.getLogger(CountDirectory.class));

  private record Node(String environment, String name) {}

  /**
   * What is known of a node.
   *
   * @param stamp the one under which it is shared, or was
   */
  private record Known(HeardCounts counts, long stamp) {}

  /** What became of a report. */
  enum Taken {
    /** It was taken. */
    YES,
    /** It was taken, and the other admin nodes must know it at once. */
    URGENT,
    /** It does not follow on what is known. */
    NO
  }

  /** Takes the report of a node. */
  Taken take(String environment, String node, CountsReport report) {
    Taken taken = note(environment, node, report);
    if (taken != Taken.NO) {
      listeners.forEach(Runnable::run);
    }
    return taken;
  }

  private synchronized Taken note(String environment, String node, CountsReport report) {
    Map<String, Known> nodes = of(environment);
    Known before = nodes.get(node);
    @Nullable HeardCounts earlier = before == null ? null : before.counts();
    HeardCounts counts = HeardCounts.after(earlier, report, System.nanoTime());
    if (counts == null) {
      return Taken.NO;
    }
    nodes.put(node, new Known(counts, ThreadLocalRandom.current().nextLong()));
    untold.add(new Node(environment, node));
    return counts.isUrgentAfter(earlier) ? Taken.URGENT : Taken.YES;
  }

  /** Returns what other admin nodes don't know yet. */
  synchronized List<ToldCounts> untold() {
    List<ToldCounts> counts = new ArrayList<>();
    for (Node node : untold) {
      Known present = of(node.environment()).get(node.name());
      if (present != null) {
        counts.add(
            new ToldCounts(
                node.environment(),
                node.name(),
                present.stamp(),
                present.counts().toReport().json()));
      }
    }
    return counts;
  }

  /** Takes note that this has been told to the other admin nodes. */
  synchronized void told(List<ToldCounts> counts) {
    for (ToldCounts each : counts) {
      Known present = of(each.environment()).get(each.node());
      if (present == null || present.stamp() == each.stamp()) {
        untold.remove(new Node(each.environment(), each.node()));
      }
    }
  }

  /**
   * Returns the stamps of what is known and was told. What is told while the store is read is not
   * among them: the store may have given what was told before.
   */
  synchronized Map<String, Long> stamps(String environment) {
    Map<String, Long> stamps = new HashMap<>();
    of(environment)
        .forEach(
            (node, counts) -> {
              if (!untold.contains(new Node(environment, node))) {
                stamps.put(node, counts.stamp());
              }
            });
    return stamps;
  }

  /**
   * Takes over what other admin nodes were told last; not where more was heard here meanwhile.
   *
   * @param before the stamps of what was known before that was asked for
   */
  void learn(List<ToldCounts> told, Map<String, Long> before) {
    boolean learned = false;
    for (ToldCounts each : told) {
      learned |= learn(each, before.get(each.node()));
    }
    if (learned) {
      listeners.forEach(Runnable::run);
    }
  }

  /** Returns whether it was taken over. */
  private synchronized boolean learn(ToldCounts told, @Nullable Long stampBefore) {
    Known present = of(told.environment()).get(told.node());
    Long stamp = present == null ? null : Long.valueOf(present.stamp());
    if (!Objects.equals(stamp, stampBefore)
        || untold.contains(new Node(told.environment(), told.node()))) {
      return false;
    }
    try {
      Map<String, Known> nodes = of(told.environment());
      HeardCounts counts =
          HeardCounts.after(
              present == null ? null : present.counts(),
              CountsReport.read(told.text()),
              System.nanoTime());
      if (counts != null) {
        nodes.put(told.node(), new Known(counts, told.stamp()));
      }
      return counts != null;
    } catch (UnreadableSnapshotException e) {
      // Of an admin node of another version.
      of(told.environment()).remove(told.node());
      unreadable.failed("The counts of node " + told.node() + " in the store can't be read", e);
      return false;
    }
  }

  /** Returns the counts of the nodes of an environment, by name. */
  synchronized Map<String, HeardCounts> counts(String environment) {
    Map<String, HeardCounts> counts = new HashMap<>();
    of(environment).forEach((node, present) -> counts.put(node, present.counts()));
    return counts;
  }

  /** Forgets a node. */
  synchronized void remove(String environment, String node) {
    of(environment).remove(node);
    untold.remove(new Node(environment, node));
  }

  /** Forgets all nodes but these. */
  synchronized void retain(String environment, Set<String> nodes) {
    of(environment).keySet().retainAll(nodes);
    untold.removeIf(node -> node.environment().equals(environment) && !nodes.contains(node.name()));
  }

  /** Runs a listener each time that counts are heard; it must not block or throw. */
  SnapshotFeed.Subscription onChange(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  private Map<String, Known> of(String environment) {
    return known.computeIfAbsent(environment, name -> new HashMap<>());
  }
}
