package dev.intermission.admin.catalog;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.ProxyCatalog;
import dev.intermission.api.ProxyId;
import dev.intermission.api.RoutingAddress;
import dev.intermission.api.SnapshotFeed;
import dev.intermission.api.User;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A catalog whose proxies are named by their paths, and which can be replaced by another. */
record ChangingCatalog(Set<String> paths, AtomicReference<Consumer<ProxyCatalog>> follower)
    implements ProxyCatalog {

  private static final RoutingAddress UPSTREAM =
      new RoutingAddress(URI.create("http://127.0.0.1:8081"), 1, false);

  static ChangingCatalog of(String... paths) {
    return new ChangingCatalog(Set.of(paths), new AtomicReference<>());
  }

  static ProxyId id(String path) {
    return new ProxyId("MyProject", path.substring(1));
  }

  /** Tells the follower that this catalog has these proxies now. */
  void becomes(String... others) {
    Optional.ofNullable(follower.get())
        .orElseThrow(() -> new AssertionError("nobody follows"))
        .accept(of(others));
  }

  boolean isFollowed() {
    return follower.get() != null;
  }

  @Override
  public Set<String> environments() {
    return Set.of("production");
  }

  @Override
  public Set<String> projects() {
    return Set.of("MyProject");
  }

  @Override
  public Map<ApiProxy, Set<String>> proxies() {
    Stream<ApiProxy> proxies = paths.stream().map(path -> ApiProxy.of(id(path), path, UPSTREAM));
    return proxies.collect(Collectors.toMap(Function.identity(), proxy -> Set.of("production")));
  }

  @Override
  public Set<User> users() {
    return Set.of();
  }

  @Override
  public SnapshotFeed.Subscription follow(Consumer<ProxyCatalog> next) {
    follower.set(next);
    return () -> follower.set(null);
  }
}
