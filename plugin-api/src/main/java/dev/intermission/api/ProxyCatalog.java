package dev.intermission.api;

import java.util.Map;
import java.util.Set;

/**
 * What exists in a host gateway: it is asked at start, and its answers must not change afterwards.
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
}
