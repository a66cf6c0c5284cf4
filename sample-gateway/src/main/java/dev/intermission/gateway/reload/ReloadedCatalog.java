package dev.intermission.gateway.reload;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.ProxyCatalog;
import dev.intermission.api.SnapshotFeed;
import dev.intermission.api.User;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The catalog that the gateway was started with, and those that reloads put in its place. */
public final class ReloadedCatalog implements ProxyCatalog {

  private final ProxyCatalog first;
  private final List<Consumer<ProxyCatalog>> followers = new CopyOnWriteArrayList<>();

  /** Takes the catalog of the start. */
  public ReloadedCatalog(ProxyCatalog first) {
    this.first = first;
  }

  /** Puts another catalog in the place of the one before; one thread at a time. */
  void replace(ProxyCatalog next) {
    followers.forEach(follower -> follower.accept(next));
  }

  @Override
  public SnapshotFeed.Subscription follow(Consumer<ProxyCatalog> next) {
    followers.add(next);
    return () -> followers.remove(next);
  }

  @Override
  public Set<String> environments() {
    return first.environments();
  }

  @Override
  public Set<String> projects() {
    return first.projects();
  }

  @Override
  public Map<ApiProxy, Set<String>> proxies() {
    return first.proxies();
  }

  @Override
  public Set<User> users() {
    return first.users();
  }
}
