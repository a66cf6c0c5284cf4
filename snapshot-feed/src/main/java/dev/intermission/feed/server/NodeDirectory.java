package dev.intermission.feed.server;

import static java.util.stream.Collectors.toSet;

import dev.intermission.api.store.NodeReport;
import dev.intermission.api.store.NodeStatus;
import dev.intermission.feed.DeltaJson;
import dev.intermission.feed.FeedProtocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that this or another admin node has heard of, and the version that each serves. A node
 * in this process is live as long as it is attached; another node is live while it polls often
 * enough. Times are measured by the monotonic clock, so a jump of the wall clock does not matter.
 * Thread-safe.
 */
final class NodeDirectory {

  /** A node that is silent for longer than this counts as gone. */
  static final Duration LIVES = FeedProtocol.NODE_LIVES;

  /** How often other admin nodes are told that a node in this process lives. */
  private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(5);

  private static final long NO_HEARTBEAT = -1;

  private final Duration betweenReports;

  /** By environment and node. */
  private final Map<String, Map<String, Seen>> seen = new HashMap<>();

  /** Reports that came to this admin node and that the others don't know yet. */
  private final Map<String, NodeReport> untold = new HashMap<>();

  /**
   * What this admin node knows of a node.
   *
   * @param attached whether it is in this process
   * @param direct whether it reported here and not to another admin node
   * @param heard when, by the monotonic clock
   * @param heartbeat the last heartbeat that another admin node reported
   * @param contested whether another process reported under its name to another admin node
   */
  private record Seen(
      NodeReport report,
      boolean attached,
      boolean direct,
      long heard,
      long heartbeat,
      boolean contested) {

    boolean lives(long now) {
      return attached || now - heard < LIVES.toNanos();
    }

    Seen lastTold(NodeStatus told) {
      boolean isOther = differ(report.run(), told.report().run());
      return new Seen(report, attached, direct, heard, told.heartbeat(), isOther);
    }

    Duration age(long now) {
      return attached ? Duration.ZERO : Duration.ofNanos(Math.max(0, now - heard));
    }
  }

  /** What is new about a node that reports. */
  enum News {
    /** Nothing. */
    NONE,
    /** It serves another version, or was not known. */
    VERSION,
    /** It serves an older version than before, or none any more: it was started again. */
    GOES_BACK
  }

  NodeDirectory() {
    this(BETWEEN_REPORTS);
  }

  /**
   * @param betweenReports how often others are told that a node in this process lives
   */
  NodeDirectory(Duration betweenReports) {
    this.betweenReports = betweenReports;
  }

  /** Records that a node in this process follows the environment, and serves nothing yet. */
  void attach(String environment, String node, String run) {
    note(new NodeReport(environment, node, 0, "", "", DeltaJson.FORMAT, Duration.ZERO, run), true);
  }

  /** Records the report of a live node. */
  News report(NodeReport report) {
    return note(report, false);
  }

  private synchronized News note(NodeReport report, boolean attaches) {
    Map<String, Seen> nodes = of(report.environment());
    Seen before = nodes.get(report.name());
    boolean attached = attaches || (before != null && before.attached());
    long heartbeat = before == null ? NO_HEARTBEAT : before.heartbeat();
    nodes.put(report.name(), new Seen(report, attached, true, System.nanoTime(), heartbeat, false));
    untold.put(key(report), report);
    notifyAll();
    long version = report.servedVersion();
    if (before == null || before.report().servedVersion() < version) {
      return News.VERSION;
    }
    return before.report().servedVersion() == version ? News.NONE : News.GOES_BACK;
  }

  /** Takes over the reports of an environment that all admin nodes have exchanged. */
  synchronized void learn(String environment, List<NodeStatus> told) {
    told.forEach(this::learn);
    Set<String> known = told.stream().map(node -> node.report().name()).collect(toSet());
    long now = System.nanoTime();
    // A node that left through another admin node is no longer in the reports.
    of(environment)
        .values()
        .removeIf(
            node ->
                !node.attached()
                    && !(isUntold(node) && node.lives(now))
                    && !known.contains(node.report().name()));
    notifyAll();
  }

  private boolean isUntold(Seen node) {
    return node.heartbeat() == NO_HEARTBEAT || untold.containsKey(key(node.report()));
  }

  private static String key(NodeReport report) {
    return report.environment() + '\n' + report.name();
  }

  private void learn(NodeStatus told) {
    NodeReport report = told.report();
    long now = System.nanoTime();
    Map<String, Seen> nodes = of(report.environment());
    Seen before = nodes.get(report.name());
    if (before != null && before.direct() && before.lives(now)) {
      // Its heartbeat is remembered; otherwise its old report here would count as new when the node
      // falls silent.
      nodes.put(report.name(), before.lastTold(told));
      return;
    }
    long heard;
    if (before == null || before.heartbeat() == NO_HEARTBEAT) {
      heard = now - told.age().toNanos();
    } else {
      heard = before.heartbeat() == told.heartbeat() ? before.heard() : now;
    }
    nodes.put(report.name(), new Seen(report, false, false, heard, told.heartbeat(), false));
  }

  /**
   * Returns whether this can be the present process of a node: it is the one that reported, or one
   * of the two did not tell.
   */
  synchronized boolean isRun(String environment, String node, @Nullable String run) {
    Seen known = of(environment).get(node);
    return known == null || (!known.contested() && !differ(known.report().run(), run));
  }

  /** Returns whether another process of a node than this one is known to be the present one. */
  synchronized boolean isOtherRun(String environment, String node, @Nullable String run) {
    Seen known = of(environment).get(node);
    return known != null && !known.contested() && differ(known.report().run(), run);
  }

  private static boolean differ(@Nullable String run, @Nullable String other) {
    return run != null && other != null && !run.equals(other);
  }

  /** Returns whether a node is known. */
  synchronized boolean knows(String environment, String node) {
    return of(environment).containsKey(node);
  }

  /** Returns the names of the known nodes. */
  synchronized Set<String> names(String environment) {
    return Set.copyOf(of(environment).keySet());
  }

  /** Records that a node no longer follows the environment. */
  synchronized void remove(String environment, String node) {
    of(environment).remove(node);
    untold.remove(environment + '\n' + node);
    notifyAll();
  }

  /**
   * Returns the reports that other admin nodes don't know yet, and marks them as sent. A node in
   * this process reports only when it takes a version, so it is reported again now and then.
   */
  synchronized List<NodeReport> takeUntold() {
    long now = System.nanoTime();
    seen.values().stream()
        .flatMap(nodes -> List.copyOf(nodes.values()).stream())
        .filter(node -> node.attached() && now - node.heard() >= betweenReports.toNanos())
        .forEach(node -> note(node.report(), true));
    List<NodeReport> reports = List.copyOf(untold.values());
    untold.clear();
    return reports;
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
    List<NodeView> live = views(environment).stream().filter(NodeView::live).toList();
    return new Propagation(
        live.size(),
        live.stream().filter(node -> node.servedVersion() < version).map(NodeView::name).toList());
  }

  /** Returns all known nodes, ordered by name. */
  synchronized List<NodeView> views(String environment) {
    long now = System.nanoTime();
    List<NodeView> views = new ArrayList<>();
    for (Seen node : of(environment).values()) {
      NodeReport report = node.report();
      views.add(
          new NodeView(
              report.name(),
              node.lives(now),
              report.servedVersion(),
              node.age(now),
              report.address(),
              report.software(),
              report.format(),
              report.clockOffset()));
    }
    views.sort((one, other) -> one.name().compareTo(other.name()));
    return views;
  }

  /** Forgets nodes that were silent for longer than this. */
  synchronized void forget(Duration age) {
    long now = System.nanoTime();
    seen.values().forEach(nodes -> nodes.values().removeIf(n -> n.age(now).compareTo(age) > 0));
  }

  private Map<String, Seen> of(String environment) {
    return seen.computeIfAbsent(environment, name -> new HashMap<>());
  }
}
