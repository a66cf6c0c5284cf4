package dev.intermission.api;

import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What exists in a host gateway at one moment. The answers of one catalog do not change; a host in
 * which proxies come and go while it runs tells of each change with a new catalog ({@link
 * #follow}).
 */
public interface ProxyCatalog {

  /** Returns the environments' names, at least one. */
  Set<String> environments();

  /** Returns the projects' names; every project of a proxy is among them. */
  Set<String> projects();

  /**
   * Returns the proxies and, for each, the environments in which it is deployed from the first: at
   * start a proxy is deployed in those in which it never was deployed or undeployed. No two proxies
   * share a route.
   */
  Map<ApiProxy, Set<String>> proxies();

  /** Returns the users with their rights. */
  Set<User> users();

  /**
   * Hands over each catalog that takes the place of this one. A host in which nothing changes keeps
   * this default, which never calls the consumer.
   *
   * @param next takes the newest catalog; must return quickly, and may be called by any thread, but
   *     never by two at a time
   * @return ends this when closed
   */
  default SnapshotFeed.Subscription follow(Consumer<ProxyCatalog> next) {
    return () -> {};
  }
}
