package dev.intermission.api;

import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What exists in a host gateway at one moment. The answers of one catalog do not change; a host
 * whose proxies come and go while it runs announces each change with a new catalog ({@link
 * #follow}).
 */
public interface ProxyCatalog {

  /** Returns the environments' names, at least one. */
  Set<String> environments();

  /** Returns the projects' names; every project of a proxy is among them. */
  Set<String> projects();

  /**
   * Returns the proxies, and for each the environments in which it is deployed initially: when the
   * catalog is applied, the proxy is deployed in those of them in which it has never been deployed
   * or undeployed. No two proxies share a route.
   */
  Map<ApiProxy, Set<String>> proxies();

  /** Returns the users with their rights. */
  Set<User> users();

  /**
   * Passes each catalog that replaces this one to the consumer. The default never calls it, for
   * hosts in which nothing changes.
   *
   * @param next takes the newest catalog; returns quickly; may be called by any thread, but never
   *     by two at the same time
   * @return ends the calls when closed
   */
  default SnapshotFeed.Subscription follow(Consumer<ProxyCatalog> next) {
    return () -> {};
  }
}
