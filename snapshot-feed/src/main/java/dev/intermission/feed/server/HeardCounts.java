package dev.intermission.feed.server;

import dev.intermission.api.NodeCounts;
import dev.intermission.api.ProxyCounts;
import dev.intermission.api.ProxyId;
import dev.intermission.feed.CountsReport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a node has told of its counts, as far as it was heard. Immutable. */
public final class HeardCounts {

  private final @Nullable String run;
  private final long number;
  private final long version;
  private final boolean countsInFlight;
  private final boolean allInFlight;
  private final boolean allLetIn;
  private final boolean complete;
  private final Map<ProxyId, ProxyCounts> proxies;
  private final Map<ProxyId, RecentCounts> recent;

  private HeardCounts(
      @Nullable String run,
      CountsReport report,
      Map<ProxyId, ProxyCounts> proxies,
      Map<ProxyId, RecentCounts> recent) {
    this.run = run;
    number = report.number();
    version = report.version();
    countsInFlight = report.countsInFlight();
    complete = report.complete();
    allInFlight = complete || proxies.values().stream().anyMatch(each -> each.inFlight() == 0);
    allLetIn =
        complete
            || proxies.values().stream()
                .anyMatch(each -> each.inFlight() == 0 && each.letIn() == 0);
    this.proxies = proxies;
    this.recent = recent;
  }

  /**
   * Returns what is known after a report, or null if it does not follow on what was known.
   *
   * @param before what was known, or null if nothing was
   * @param run the process of the node that counted, or null if it is not known
   * @param nanos the time by the monotonic clock
   */
  static @Nullable HeardCounts after(
      @Nullable HeardCounts before, @Nullable String run, CountsReport report, long nanos) {
    if (report.after() != 0
        && (before == null
            || before.number != report.after()
            || !Objects.equals(before.run, run))) {
      return null;
    }
    Map<ProxyId, ProxyCounts> known =
        report.after() == 0 || before == null ? new HashMap<>() : new HashMap<>(before.proxies);
    report.gone().forEach(known::remove);
    report.proxies().forEach(counts -> known.put(counts.proxy(), counts));
    if (known.size() > NodeCounts.MOST_PROXIES) {
      return null;
    }
    Map<ProxyId, RecentCounts> recent = new HashMap<>();
    known.forEach((id, counts) -> recent.put(id, recent(before, counts, nanos)));
    return new HeardCounts(run, report, known, recent);
  }

  private static RecentCounts recent(@Nullable HeardCounts before, ProxyCounts counts, long nanos) {
    if (before == null) {
      return RecentCounts.from(counts);
    }
    RecentCounts present = before.recent.getOrDefault(counts.proxy(), RecentCounts.NONE);
    return counts.equals(before.proxies.get(counts.proxy()))
        ? present
        : present.with(counts, nanos);
  }

  /** Returns whether it is of the same process, and of the report of this number or a later one. */
  boolean includes(@Nullable String otherRun, long otherNumber) {
    return run != null && run.equals(otherRun) && number >= otherNumber;
  }

  /** Returns the process of the node that counted, or null if it is not known. */
  @Nullable String run() {
    return run;
  }

  long number() {
    return number;
  }

  /** Returns all of it as one report, for those who have not heard it. */
  CountsReport toReport() {
    return new CountsReport(
        0, number, version, countsInFlight, complete, List.copyOf(proxies.values()), List.of());
  }

  /** Returns whether others must hear at once of what came after the earlier ones. */
  boolean isUrgentAfter(@Nullable HeardCounts earlier) {
    return earlier == null
        || earlier.version != version
        || earlier.countsInFlight != countsInFlight
        || earlier.proxies.values().stream()
            .anyMatch(was -> was.inFlight() > 0 && inFlight(was.proxy()) == 0);
  }

  private int inFlight(ProxyId proxy) {
    ProxyCounts counts = proxies.get(proxy);
    return counts == null ? 0 : counts.inFlight();
  }

  /** Returns the version of the snapshot that was in force before the counts were read. */
  public long version() {
    return version;
  }

  /** Returns whether the node counts requests in flight, and knew the proxy of each one. */
  public boolean countsInFlight() {
    return countsInFlight;
  }

  /**
   * Returns the counts of a proxy; null if none are told. Nothing is in flight then to a proxy that
   * is closed at all times, if {@link #tellsAllInFlight}.
   */
  public @Nullable ProxyCounts of(ProxyId proxy) {
    return proxies.get(proxy);
  }

  /**
   * Returns whether each proxy with requests in flight that passed because it was open is told,
   * unless it is served open. Those with the most are told first where there are too many proxies.
   */
  public boolean tellsAllInFlight() {
    return allInFlight;
  }

  /** Returns whether each proxy is told with requests in flight that were let in on purpose. */
  public boolean tellsAllLetIn() {
    return allLetIn;
  }

  /** Returns how many requests to a closed proxy were counted since its closure. */
  public CountedRequests sinceClosure(ProxyId proxy) {
    ProxyCounts counts = proxies.get(proxy);
    return counts == null ? CountedRequests.NONE : CountedRequests.of(counts);
  }

  /**
   * Returns how many of them were counted in the minute before this time of the monotonic clock, to
   * within ten seconds.
   */
  public CountedRequests inTheLastMinute(ProxyId proxy, long nanos) {
    ProxyCounts counts = proxies.get(proxy);
    RecentCounts readings = recent.get(proxy);
    return counts == null || readings == null
        ? CountedRequests.NONE
        : readings.lastMinute(counts, nanos);
  }
}
