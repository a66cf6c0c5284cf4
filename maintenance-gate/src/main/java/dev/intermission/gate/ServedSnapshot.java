package dev.intermission.gate;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.HostName;
import dev.intermission.api.ProxyId;
import dev.intermission.api.Snapshot;
import dev.intermission.api.SnapshotDelta;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One snapshot, compiled for requests. Immutable except for the cache of prepared answers. */
public final class ServedSnapshot {

  private static final String THE_SERVER = "*";

  private final Snapshot snapshot;
  private final RouteIndex routes;
  private final ServedProxy[] served;
  private final BitSet closed;
  private final boolean allAlike;
  private final @Nullable Answer toAll;
  private final int withBypassTokens;
  private final Answers answers;

  private ServedSnapshot(
      Snapshot snapshot,
      RouteIndex routes,
      ServedProxy[] served,
      BitSet closed,
      int withBypassTokens,
      Answers answers) {
    this(snapshot, routes, served, closed, withBypassTokens, answers, null);
  }

  private ServedSnapshot(
      Snapshot snapshot,
      RouteIndex routes,
      ServedProxy[] served,
      BitSet closed,
      int withBypassTokens,
      Answers answers,
      @Nullable Answer toAll) {
    this.snapshot = snapshot;
    this.routes = routes;
    this.served = served;
    this.closed = closed;
    allAlike = closed.isEmpty();
    this.withBypassTokens = withBypassTokens;
    this.answers = answers;
    this.toAll = toAll;
  }

  /** Lets every request pass. */
  static ServedSnapshot empty(Answers answers) {
    return nothing(answers, null);
  }

  /** Answers every request with a 503, since nothing is known yet. */
  static ServedSnapshot refusing(Answers answers) {
    return nothing(answers, AnswerFactory.notReady());
  }

  private static ServedSnapshot nothing(Answers answers, @Nullable Answer toAll) {
    RouteIndex none = RouteIndex.of(List.of());
    return new ServedSnapshot(
        Snapshot.empty(""), none, new ServedProxy[0], new BitSet(), 0, answers, toAll);
  }

  /**
   * Returns the compiled snapshot, which shares with this one everything that has not changed.
   *
   * @param delta what {@link #changesTo} returned
   */
  ServedSnapshot next(Snapshot next, SnapshotDelta delta, Windows windows) {
    return routes.isKeptBy(delta) ? sameRoutes(next, delta, windows) : otherRoutes(next, windows);
  }

  /** Returns the same snapshot after windows of these proxies began or ended. */
  ServedSnapshot with(List<ProxyId> changed, Windows windows) {
    BitSet nextClosed = (BitSet) closed.clone();
    for (ProxyId id : changed) {
      int index = routes.indexOf(id);
      nextClosed.set(index, windows.isClosed(served[index].deployed()));
    }
    return new ServedSnapshot(snapshot, routes, served, nextClosed, withBypassTokens, answers);
  }

  private ServedSnapshot sameRoutes(Snapshot next, SnapshotDelta delta, Windows windows) {
    ServedProxy[] nextServed = served.clone();
    BitSet nextClosed = (BitSet) closed.clone();
    int nextWithBypassTokens = withBypassTokens;
    for (DeployedProxy deployed : delta.deployed()) {
      int index = routes.indexOf(deployed.id());
      nextWithBypassTokens -= nextServed[index].hasBypassTokens() ? 1 : 0;
      nextServed[index] = new ServedProxy(deployed);
      nextWithBypassTokens += nextServed[index].hasBypassTokens() ? 1 : 0;
      nextClosed.set(index, windows.isClosed(deployed));
    }
    return new ServedSnapshot(next, routes, nextServed, nextClosed, nextWithBypassTokens, answers);
  }

  private ServedSnapshot otherRoutes(Snapshot next, Windows windows) {
    RouteIndex nextRoutes = RouteIndex.of(next.proxies().values());
    List<ApiProxy> proxies = nextRoutes.proxies();
    ServedProxy[] nextServed = new ServedProxy[proxies.size()];
    BitSet nextClosed = new BitSet(nextServed.length);
    int nextWithBypassTokens = 0;
    for (int index = 0; index < nextServed.length; index++) {
      ProxyId id = proxies.get(index).id();
      DeployedProxy deployed = Objects.requireNonNull(next.proxies().get(id));
      ServedProxy before = served(id);
      nextServed[index] =
          before != null && before.isOf(deployed) ? before : new ServedProxy(deployed);
      nextWithBypassTokens += nextServed[index].hasBypassTokens() ? 1 : 0;
      nextClosed.set(index, windows.isClosed(deployed));
    }
    return new ServedSnapshot(
        next, nextRoutes, nextServed, nextClosed, nextWithBypassTokens, answers);
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
    ServedProxy proxy = served(id);
    if (proxy != null) {
      answers.forget(proxy);
    }
  }

  /** Returns what the next snapshot changes. */
  SnapshotDelta changesTo(Snapshot next) {
    // The state of a gate before its first snapshot belongs to no environment.
    return next.since(
        snapshot.environment().equals(next.environment())
            ? snapshot
            : Snapshot.empty(next.environment()));
  }

  private @Nullable ServedProxy served(ProxyId id) {
    int index = routes.indexOf(id);
    return index == RouteIndex.NONE ? null : served[index];
  }

  /** Returns whether a proxy is deployed and not closed. */
  public boolean isOpen(ProxyId id) {
    int index = routes.indexOf(id);
    return index != RouteIndex.NONE && !closed.get(index);
  }

  String environment() {
    return snapshot.environment();
  }

  /** Returns the version. */
  public long version() {
    return snapshot.version();
  }

  /**
   * Returns whether the host of a request matters to its answer; if not, a front need not look it
   * up.
   */
  public boolean hasHosts() {
    return !allAlike && routes.hasHosts();
  }

  /**
   * Returns the answer to a request, or null if it passes. A path that can be read in more than one
   * way (an encoded slash) is answered if any reading is closed ({@link PathReadings}), and refused
   * with 400 if there are too many ({@link PathDoubts}). Allocates nothing for a plain path that
   * passes. The target {@code *} is that of no proxy, but of the server itself (RFC 9110 section
   * 9.3.7).
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
        : answerOf(closedReading(plainHost, rawPath, null));
  }

  /**
   * Returns the index of the closed proxy with the longest prefix that the path may belong to, or
   * NONE. Proxies that the bypass opens are left out.
   */
  private int closedReading(@Nullable String host, String rawPath, @Nullable Bypass bypass) {
    PathReadings readings = new PathReadings(routes.prefixes(host), rawPath);
    int found = RouteIndex.NONE;
    int longest = -1;
    for (int i = 0; i < readings.size(); i++) {
      if (readings.isEnd(i)) {
        String path = readings.path(i);
        int index = routes.find(host, path);
        if (isClosed(index, bypass) && path.length() > longest) {
          found = index;
          longest = path.length();
        }
      }
    }
    return found == RouteIndex.NONE && readings.isAnything() ? closed.nextSetBit(0) : found;
  }

  private boolean isClosed(int index, @Nullable Bypass bypass) {
    return index != RouteIndex.NONE
        && closed.get(index)
        && (bypass == null || !bypass.opens(served[index].deployed()));
  }

  /**
   * Returns whether any deployed proxy has a bypass token. If so, a front asks {@link #isBypassed}
   * for requests with the field {@link dev.intermission.api.BypassToken#HEADER} that would be
   * answered, and hides the field from whatever is behind it.
   */
  public boolean hasBypassTokens() {
    return withBypassTokens > 0;
  }

  /**
   * Returns whether a request that would be answered passes because of its bypass token. A path
   * that can be read in more than one way needs a token that opens every closed reading.
   *
   * @param host as for {@link #answer}
   * @param rawPath as for {@link #answer}
   * @param token the value of the request's field
   */
  public boolean isBypassed(@Nullable String host, String rawPath, String token) {
    if (toAll != null || PathDoubts.areTooMany(rawPath)) {
      return false;
    }
    Bypass bypass = Bypass.of(token, answers.now());
    String plainHost = host == null ? null : HostName.plain(host);
    return RequestPath.isPlain(rawPath)
        ? !isClosed(routes.find(plainHost, rawPath), bypass)
        : closedReading(plainHost, rawPath, bypass) == RouteIndex.NONE;
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
