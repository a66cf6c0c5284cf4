package dev.intermission.gate;

import dev.intermission.api.DeployedProxy;
import dev.intermission.api.HostName;
import dev.intermission.api.ProxyId;
import dev.intermission.api.Snapshot;
import dev.intermission.api.SnapshotDelta;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One snapshot, compiled for requests. Immutable except for the cache of prepared answers. */
public final class ServedSnapshot {

  private static final String THE_SERVER = "*";

  private final ServedProxies proxies;
  private final RouteIndex routes;
  private final ServedProxy[] served;
  private final BitSet closed;
  private final boolean allAlike;
  private final @Nullable Answer toAll;
  private final Answers answers;
  private final Lasting lasting;

  private ServedSnapshot(ServedProxies proxies, Lasting lasting, @Nullable Answer toAll) {
    this.proxies = proxies;
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
    return new ServedSnapshot(ServedProxies.none(), lasting, null);
  }

  /** Answers every request with a 503, since nothing is known yet. */
  static ServedSnapshot refusing(Lasting lasting) {
    return new ServedSnapshot(ServedProxies.none(), lasting, AnswerFactory.notReady());
  }

  /**
   * Returns the compiled snapshot, which shares with this one everything that has not changed.
   *
   * @param delta what {@link #changesTo} returned
   */
  ServedSnapshot next(Snapshot next, SnapshotDelta delta, Windows windows) {
    return new ServedSnapshot(
        proxies.next(next, delta, windows, lasting.exemptions()), lasting, null);
  }

  /** Returns the same snapshot after windows of these proxies began or ended. */
  ServedSnapshot with(List<ProxyId> changed, Windows windows) {
    return new ServedSnapshot(proxies.with(changed, windows), lasting, null);
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
    if (rawPath.equals(THE_SERVER)) {
      return null;
    }
    String plainHost = host == null ? null : HostName.plain(host);
    return RequestPath.isPlain(rawPath)
        ? answerOf(routes.find(plainHost, rawPath))
        : answerOf(new ClosedReadings(proxies, plainHost, rawPath).closed(null));
  }

  /**
   * Returns what becomes of a request: the answer that {@link #answer} returns, unless an exemption
   * or a bypass token lets the request pass (contract section 3). Where no proxy has any, the
   * request is not looked at.
   *
   * @param host as for {@link #answer}
   * @param rawPath as for {@link #answer}
   * @param request is read in this call only
   */
  public Decision decide(@Nullable String host, String rawPath, RequestHead request) {
    boolean asks = proxies.withExemptions() > 0 && !allAlike && !rawPath.equals(THE_SERVER);
    if (!asks || PathDoubts.areTooMany(rawPath)) {
      Answer answer = answer(host, rawPath);
      return answer == null ? Decision.OPEN : answer.decision();
    }
    String plainHost = host == null ? null : HostName.plain(host);
    if (RequestPath.isPlain(rawPath)) {
      return decidePlain(routes.find(plainHost, rawPath), rawPath, request);
    }
    ClosedReadings readings = new ClosedReadings(proxies, plainHost, rawPath);
    int index = readings.closed(new AskedRequest(request, lasting));
    return index == RouteIndex.NONE
        ? Decision.passing(readings.passage())
        : answers.of(served[index]).decision();
  }

  private Decision decidePlain(int index, String path, RequestHead request) {
    if (index == RouteIndex.NONE || !closed.get(index)) {
      return Decision.OPEN;
    }
    ServedProxy proxy = served[index];
    Passage passage = proxy.passage(new AskedRequest(request, lasting), path);
    return passage == Passage.CLOSED ? answers.of(proxy).decision() : Decision.passing(passage);
  }

  /**
   * Returns whether any deployed proxy has a bypass token. If so, a front hides the field {@link
   * dev.intermission.api.BypassToken#HEADER} from whatever is behind it.
   */
  public boolean hasBypassTokens() {
    return proxies.withBypassTokens() > 0;
  }

  private @Nullable Answer answerOf(int index) {
    return index != RouteIndex.NONE && closed.get(index) ? answers.of(served[index]) : null;
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
