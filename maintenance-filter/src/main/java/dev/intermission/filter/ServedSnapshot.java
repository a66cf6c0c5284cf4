package dev.intermission.filter;

import dev.intermission.api.DeployedProxy;
import dev.intermission.api.ProxyId;
import dev.intermission.api.Snapshot;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One snapshot, compiled for requests. Immutable but for the answers that it prepares. */
public final class ServedSnapshot {

  private final long version;
  private final RouteIndex routes;
  private final Map<ProxyId, ServedProxy> proxies;
  private final ServedProxy[] places;
  private final Answers answers;

  private ServedSnapshot(
      Snapshot snapshot, RouteIndex routes, Map<ProxyId, ServedProxy> proxies, Answers answers) {
    version = snapshot.version();
    this.routes = routes;
    this.proxies = proxies;
    this.answers = answers;
    places =
        routes.ids().map(id -> Objects.requireNonNull(proxies.get(id))).toArray(ServedProxy[]::new);
  }

  static ServedSnapshot empty(Answers answers) {
    Snapshot nothing = Snapshot.empty("");
    return new ServedSnapshot(nothing, RouteIndex.of(nothing), Map.of(), answers);
  }

  /** Returns the snapshot compiled; what did not change since this one is taken over. */
  ServedSnapshot next(Snapshot snapshot) {
    Map<ProxyId, ServedProxy> next = new HashMap<>(snapshot.proxies().size() * 4 / 3 + 1);
    for (DeployedProxy deployed : snapshot.proxies().values()) {
      ServedProxy before = proxies.get(deployed.id());
      boolean same = before != null && before.deployed().equals(deployed);
      next.put(deployed.id(), same ? before : new ServedProxy(deployed));
    }
    RouteIndex nextRoutes = routes.isOf(snapshot) ? routes : RouteIndex.of(snapshot);
    return new ServedSnapshot(snapshot, nextRoutes, next, answers);
  }

  boolean holds(ServedProxy proxy) {
    return proxies.get(proxy.deployed().id()) == proxy;
  }

  /** Returns the version. */
  public long version() {
    return version;
  }

  /** Returns whether the host of a request matters; if not, a front need not look it up. */
  public boolean hasHosts() {
    return routes.hasHosts();
  }

  /**
   * Returns the answer to a request, or null if it passes. A path that can be read in two ways (an
   * encoded slash) is answered if either reading is closed. Allocates nothing for a plain path that
   * passes.
   *
   * @param host the request's host without a port, or null where there is none or none matters
   * @param rawPath the path of the request target as it came in, without query
   */
  public @Nullable Answer answer(@Nullable String host, String rawPath) {
    String plainHost = host == null ? null : HostName.plain(host);
    if (RequestPath.isPlain(rawPath)) {
      return answerPlain(plainHost, rawPath);
    }
    Answer answer = answerPlain(plainHost, RequestPath.canonical(rawPath));
    return answer != null ? answer : answerPlain(plainHost, RequestPath.lenient(rawPath));
  }

  private @Nullable Answer answerPlain(@Nullable String host, String path) {
    int place = routes.find(host, path);
    if (place == RouteIndex.NONE || !places[place].isClosed()) {
      return null;
    }
    return answers.of(places[place]);
  }

  /**
   * Returns the proxy that a request belongs to, or null if it belongs to none.
   *
   * @param host the request's host without a port, or null where there is none
   * @param canonicalPath the path as {@link RequestPath#canonical} returns it
   */
  public @Nullable DeployedProxy route(@Nullable String host, String canonicalPath) {
    int place = routes.find(host == null ? null : HostName.plain(host), canonicalPath);
    return place == RouteIndex.NONE ? null : places[place].deployed();
  }
}
