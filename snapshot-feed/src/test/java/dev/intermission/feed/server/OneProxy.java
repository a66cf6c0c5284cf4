package dev.intermission.feed.server;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.ContentType;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyCatalog;
import dev.intermission.api.ProxyId;
import dev.intermission.api.RoutingAddress;
import dev.intermission.api.User;
import dev.intermission.api.store.Author;
import dev.intermission.api.store.DeploymentRequest;
import dev.intermission.api.store.SettingsStore;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A catalog with MyAPI, deployed in production, and a user with nodes.
 *
 * @param followed the environments that the user's nodes may follow
 */
public record OneProxy(Set<String> followed) implements ProxyCatalog {

  public static final ProxyId MY_API = new ProxyId("MyProject", "MyAPI");
  public static final Author AUTHOR = new Author("operator", "127.0.0.1", "test");

  /** The user's nodes may follow production. */
  public OneProxy() {
    this(Set.of("production"));
  }

  @Override
  public Set<String> environments() {
    return Set.of("production", "staging");
  }

  @Override
  public Set<String> projects() {
    return Set.of("MyProject");
  }

  @Override
  public Map<ApiProxy, Set<String>> proxies() {
    RoutingAddress address = new RoutingAddress(URI.create("http://127.0.0.1:8081"), 1, false);
    return Map.of(ApiProxy.of(MY_API, "/api/v1", address), Set.of("production"));
  }

  @Override
  public Set<User> users() {
    return Set.of(new User("node", false, Map.of(), null, followed));
  }

  /** Closes MyAPI with this status, and returns the version of production that has it. */
  public static long deploy(SettingsStore store, int status) {
    return store
        .update(
            MY_API,
            saved -> new MaintenanceSettings(true, status, ContentType.parse("text/plain"), "gone"),
            List.of(DeploymentRequest.to("production")),
            AUTHOR)
        .deployments()
        .get(0)
        .environmentVersion();
  }
}
