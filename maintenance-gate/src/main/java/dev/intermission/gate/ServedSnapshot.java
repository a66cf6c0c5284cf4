package dev.intermission.gate;

import dev.intermission.api.DeployedProxy;
import dev.intermission.api.HostName;
import dev.intermission.api.NodeCounts;
import dev.intermission.api.ProxyId;
import dev.intermission.api.Snapshot;
import dev.intermission.api.SnapshotDelta;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One snapshot, compiled for requests. Immutable except for the cache of prepared answers and the
 * counts of what is closed.
 */
public final class ServedSnapshot {

  /**
   * The request attribute with which a front tells which snapshot has let a request in whose API is
   * closed, for code behind it that looks at the gate once more.
   */
  public static final String ATTRIBUTE = "dev.intermission.snapshot";

  private static final String THE_SERVER = "*";

  private final ServedProxies proxies;
  private final RouteIndex routes;
  private final ServedProxy[] served;
  private final BitSet closed;
  private final boolean allAlike;
  private final @Nullable Answer toAll;
  private final Answers answers;
  private final Lasting lasting;
  private final Closures closures;

  private ServedSnapshot(
      ServedProxies proxies, Lasting lasting, @Nullable Answer toAll, Closures closures) {
    this.proxies = proxies;
    this.closures = closures;
    routes = proxies.routes();
    served = proxies.served();
    closed = proxies.closed();
    allAlike = closed.isEmpty();
    this.lasting = lasting;
    answers = lasting.answers();
    this.toAll = toAll;
  }

  /** Lets every request pass. */
  static ServedSnapshot empty(Lasting lasting) {
    return first(lasting, null);
  }

  /** Answers every request with a 503, since nothing is known yet. */
  static ServedSnapshot refusing(Lasting lasting) {
    return first(lasting, AnswerFactory.notReady());
  }

  private static ServedSnapshot first(Lasting lasting, @Nullable Answer toAll) {
    ServedProxies none = ServedProxies.none();
    return new ServedSnapshot(none, lasting, toAll, Closures.first(none));
  }

  private ServedSnapshot with(ServedProxies next) {
    return new ServedSnapshot(next, lasting, null, closures.next(next));
  }

  /**
   * Returns the compiled snapshot, which shares with this one everything that has not changed.
   *
   * @param delta what {@link #changesTo} returned
   */
  ServedSnapshot next(Snapshot next, SnapshotDelta delta, Windows windows) {
    return with(proxies.next(next, delta, windows, lasting.exemptions()));
  }

  /** Returns the same snapshot after windows of these proxies began or ended. */
  ServedSnapshot with(List<ProxyId> changed, Windows windows) {
    return with(proxies.with(changed, windows));
  }

  /** Forgets the answers of proxies that a delta changed. */
  void forget(SnapshotDelta delta) {
    if (served.length == 0) {
      return;
    }
    delta.deployed().forEach(deployed -> forget(deployed.id()));
    delta.undeployed().forEach(this::forget);
  }

  private void forget(ProxyId id) {
    ServedProxy proxy = proxies.served(id);
    if (proxy != null) {
      answers.forget(proxy);
    }
  }

  /** Returns what the next snapshot changes. */
  SnapshotDelta changesTo(Snapshot next) {
    return proxies.changesTo(next);
  }

  /** Returns whether a proxy is deployed and not closed. */
  public boolean isOpen(ProxyId id) {
    int index = routes.indexOf(id);
    return index != RouteIndex.NONE && !closed.get(index);
  }

  /** Returns whether a proxy is deployed and closed. */
  public boolean isClosed(ProxyId id) {
    if (allAlike) {
      return false;
    }
    int index = routes.indexOf(id);
    return index != RouteIndex.NONE && closed.get(index);
  }

  /** Returns the counts of what is closed, as {@link NodeCounts} tells. */
  NodeCounts counts(InFlight inFlight) {
    return new NodeCounts(version(), inFlight.isKnown(), closures.counts(proxies, inFlight), true);
  }

  /** Returns how many deployed proxies are closed. */
  public int closedProxies() {
    return closed.cardinality();
  }

  String environment() {
    return proxies.snapshot().environment();
  }

  /** Returns the version. */
  public long version() {
    return proxies.snapshot().version();
  }

  /**
   * Returns whether the host of a request matters to its answer; if not, a front need not look it
   * up.
   */
  public boolean hasHosts() {
    return !allAlike && routes.hasHosts();
  }

  /**
   * Returns the answer to a request that nothing exempts, or null if it passes. A path that can be
   * read in more than one way (an encoded slash) is answered if any reading is closed ({@link
   * PathReadings}), and refused with 400 if there are too many ({@link PathDoubts}). Allocates
   * nothing for a plain path that passes. The target {@code *} is that of no proxy, but of the
   * server itself (RFC 9110 section 9.3.7).
   *
   * @param host the request's host without a port, or null if there is none or it does not matter
   * @param rawPath the path of the request target as it came in, without query
   */
  public @Nullable Answer answer(@Nullable String host, String rawPath) {
    if (PathDoubts.areTooMany(rawPath)) {
      return AnswerFactory.ambiguousPath();
    }
    if (allAlike) {
      return toAll;
    }
    int index = closedAt(host, rawPath);
    return index == RouteIndex.NONE ? null : answers.of(served[index]);
  }

  /** Returns the index of the closed proxy that a request belongs to, or NONE. */
  private int closedAt(@Nullable String host, String rawPath) {
    if (rawPath.equals(THE_SERVER)) {
      return RouteIndex.NONE;
    }
    String plainHost = host == null ? null : HostName.plain(host);
    if (RequestPath.isPlain(rawPath)) {
      int index = routes.find(plainHost, rawPath);
      return index != RouteIndex.NONE && closed.get(index) ? index : RouteIndex.NONE;
    }
    return new ClosedReadings(proxies, plainHost, rawPath).closed(null);
  }

  /**
   * Returns what becomes of a request: the answer that {@link #answer} returns, unless an exemption
   * or a bypass token lets the request pass (contract section 3). Where no proxy has any, the
   * request is not looked at. A request to a closed proxy is counted.
   *
   * @param host as for {@link #answer}
   * @param rawPath as for {@link #answer}
   * @param request is read in this call only
   */
  public Decision decide(@Nullable String host, String rawPath, RequestHead request) {
    if (allAlike || PathDoubts.areTooMany(rawPath)) {
      Answer answer = answer(host, rawPath);
      return answer == null ? Decision.OPEN : answer.decision();
    }
    if (proxies.withExemptions() == 0 || rawPath.equals(THE_SERVER)) {
      return decided(closedAt(host, rawPath), Passage.CLOSED);
    }
    String plainHost = host == null ? null : HostName.plain(host);
    if (RequestPath.isPlain(rawPath)) {
      return decidePlain(routes.find(plainHost, rawPath), rawPath, request);
    }
    ClosedReadings readings = new ClosedReadings(proxies, plainHost, rawPath);
    int index = readings.closed(new AskedRequest(request, lasting));
    return index == RouteIndex.NONE
        ? decided(readings.letInBy(), readings.passage())
        : decided(index, Passage.CLOSED);
  }

  private Decision decidePlain(int index, String path, RequestHead request) {
    if (index == RouteIndex.NONE || !closed.get(index)) {
      return Decision.OPEN;
    }
    ServedProxy proxy = served[index];
    return decided(index, proxy.passage(new AskedRequest(request, lasting), path));
  }

  /** Counts what becomes of a request at the closed proxy with this index, or NONE. */
  private Decision decided(int index, Passage passage) {
    ClosureCounts counts = closures.at(index);
    if (counts == null) {
      return Decision.OPEN;
    }
    counts.count(passage);
    return passage == Passage.CLOSED
        ? answers.of(served[index]).decision()
        : Decision.passing(passage);
  }

  /**
   * Returns whether any deployed proxy has a bypass token. If so, a front hides the field {@link
   * dev.intermission.api.BypassToken#HEADER} from whatever is behind it.
   */
  public boolean hasBypassTokens() {
    return proxies.withBypassTokens() > 0;
  }

  /**
   * Returns the proxy that a request belongs to, or null if it belongs to none.
   *
   * @param host the request's host without a port, or null if there is none
   * @param canonicalPath the path as {@link RequestPath#canonical} returns it
   */
  public @Nullable DeployedProxy route(@Nullable String host, String canonicalPath) {
    int index = routes.find(host == null ? null : HostName.plain(host), canonicalPath);
    return index == RouteIndex.NONE ? null : served[index].deployed();
  }
}
