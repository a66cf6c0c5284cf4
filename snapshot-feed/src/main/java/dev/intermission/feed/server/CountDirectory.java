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

  /** Says which processes of a node are not the present one. */
  @FunctionalInterface
  interface OtherRuns {

    /** Returns whether another process of the node than this one is known to be the present one. */
    boolean test(String environment, String node, @Nullable String run);
  }

  /**
   * Takes the report of a node.
   *
   * @param run the process of the node, or null if it is not known
   */
  Taken take(String environment, String node, @Nullable String run, CountsReport report) {
    Taken taken = note(environment, node, run, report);
    if (taken != Taken.NO) {
      listeners.forEach(Runnable::run);
    }
    return taken;
  }

  private synchronized Taken note(
      String environment, String node, @Nullable String run, CountsReport report) {
    Map<String, Known> nodes = of(environment);
    Known before = nodes.get(node);
    @Nullable HeardCounts earlier = before == null ? null : before.counts();
    // One that was late on its way is not taken for the newest.
    boolean isOld = earlier != null && earlier.includes(run, report.number());
    HeardCounts counts = isOld ? null : HeardCounts.after(earlier, run, report, System.nanoTime());
    if (counts == null) {
      return Taken.NO;
    }
    put(environment, node, counts);
    return counts.isUrgentAfter(earlier) ? Taken.URGENT : Taken.YES;
  }

  private void put(String environment, String node, HeardCounts counts) {
    of(environment).put(node, new Known(counts, ThreadLocalRandom.current().nextLong()));
    untold.add(new Node(environment, node));
  }

  /**
   * Takes note that what was told of a node is of an earlier process of it, which did not say so.
   */
  synchronized void untell(String environment, String node) {
    Known before = of(environment).get(node);
    if (before == null || before.counts().version() > 0) {
      CountsReport nothing = new CountsReport(0, 1, 0, true, false, List.of(), List.of());
      HeardCounts counts = HeardCounts.after(null, null, nothing, System.nanoTime());
      put(environment, node, Objects.requireNonNull(counts, "all of it"));
    }
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
                present.counts().toReport().json(),
                present.counts().run(),
                present.counts().number()));
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
   * @param otherRuns the processes that are not the present ones
   */
  void learn(List<ToldCounts> told, Map<String, Long> before, OtherRuns otherRuns) {
    boolean learned = false;
    for (ToldCounts each : told) {
      learned |= learn(each, before.get(each.node()), otherRuns);
    }
    if (learned) {
      listeners.forEach(Runnable::run);
    }
  }

  /** Returns whether it was taken over. */
  private synchronized boolean learn(
      ToldCounts told, @Nullable Long stampBefore, OtherRuns otherRuns) {
    Known present = of(told.environment()).get(told.node());
    Long stamp = present == null ? null : Long.valueOf(present.stamp());
    if (!Objects.equals(stamp, stampBefore)
        || untold.contains(new Node(told.environment(), told.node()))) {
      return false;
    }
    if (present != null && isOverwritten(present.counts(), told, otherRuns)) {
      untold.add(new Node(told.environment(), told.node()));
      return false;
    }
    try {
      Map<String, Known> nodes = of(told.environment());
      HeardCounts counts =
          HeardCounts.after(
              present == null ? null : present.counts(),
              told.run(),
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

  /** Returns whether an admin node that was late has told older counts than those known here. */
  private static boolean isOverwritten(HeardCounts present, ToldCounts told, OtherRuns otherRuns) {
    boolean isOlder = present.includes(told.run(), told.number() + 1);
    boolean isOfEarlierRun =
        present.run() != null
            && !otherRuns.test(told.environment(), told.node(), present.run())
            && otherRuns.test(told.environment(), told.node(), told.run());
    return isOlder || isOfEarlierRun;
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
