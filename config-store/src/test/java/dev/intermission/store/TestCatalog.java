package dev.intermission.store;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.ProxyCatalog;
import dev.intermission.api.ProxyId;
import dev.intermission.api.Right;
import dev.intermission.api.RoutingAddress;
import dev.intermission.api.User;
import dev.intermission.api.store.Author;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A host gateway's catalog, as literal values. */
record TestCatalog(
    Set<String> environments,
    Set<String> projects,
    Map<ApiProxy, Set<String>> proxies,
    Set<User> users)
    implements ProxyCatalog {

  static final Author AUTHOR = new Author("operator", "127.0.0.1", "test");
  static final ProxyId MY_API = new ProxyId("MyProject", "MyAPI");
  static final ProxyId PETSTORE = new ProxyId("MyProject", "petstore-api");

  /** Returns a project with MyAPI, deployed in production, and petstore-api, deployed nowhere. */
  static TestCatalog small() {
    return of(
        Map.of(
            proxy(MY_API, "/api/v1"),
            Set.of("production"),
            proxy(PETSTORE, "/petstore"),
            Set.of()));
  }

  static TestCatalog of(Map<ApiProxy, Set<String>> proxies) {
    return new TestCatalog(
        Set.of("production", "staging"),
        Set.of("MyProject", "OtherProject"),
        proxies,
        Set.of(
            new User("admin", true, Map.of(), null),
            new User(
                "operator",
                false,
                Map.of("MyProject", Set.of(Right.MANAGE, Right.DEPLOY_UNDEPLOY)),
                "hash")));
  }

  static ApiProxy proxy(ProxyId id, String path) {
    return ApiProxy.of(id, path, new RoutingAddress(URI.create("http://127.0.0.1:8081"), 1, false));
  }

  TestCatalog with(ApiProxy proxy, Set<String> environments) {
    Map<ApiProxy, Set<String>> more = new HashMap<>(proxies);
    more.keySet().removeIf(other -> other.id().equals(proxy.id()));
    more.put(proxy, environments);
    return new TestCatalog(this.environments, projects, more, users);
  }

  TestCatalog without(ProxyId id) {
    Map<ApiProxy, Set<String>> less = new HashMap<>(proxies);
    less.keySet().removeIf(proxy -> proxy.id().equals(id));
    return new TestCatalog(environments, projects, less, users);
  }

  TestCatalog withEnvironments(Set<String> names) {
    return new TestCatalog(names, projects, proxies, users);
  }

  TestCatalog withUsers(Set<User> others) {
    return new TestCatalog(environments, projects, proxies, others);
  }
}
