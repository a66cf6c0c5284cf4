package dev.intermission.admin;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.ProxyCatalog;
import dev.intermission.api.ProxyId;
import dev.intermission.api.Right;
import dev.intermission.api.RoutingAddress;
import dev.intermission.api.User;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A host gateway with the projects MyProject and OtherProject, and a user for each set of rights.
 */
public final class TestCatalog implements ProxyCatalog {

  public static final ProxyId MY_API = new ProxyId("MyProject", "MyAPI");
  public static final ProxyId SLASHED = new ProxyId("MyProject", "a/b é;x=1");

  /** The bcrypt hash of "correct horse". */
  public static final String HASH = "$2b$10$eLx6NiePqVkdnWuyDrAeb.8pUWnftKOOmW2DQXz/mf2HMLJ0ppVZW";

  private static final RoutingAddress UPSTREAM =
      new RoutingAddress(URI.create("http://127.0.0.1:8081/v1"), 2, true);

  @Override
  public Set<String> environments() {
    return Set.of("production", "staging", "idle");
  }

  @Override
  public Set<String> projects() {
    return Set.of("MyProject", "OtherProject");
  }

  @Override
  public Map<ApiProxy, Set<String>> proxies() {
    ApiProxy myApi =
        new ApiProxy(
            MY_API,
            "Orders and more",
            "REST",
            List.of("/api/v1", "/api/v2"),
            List.of("api.example.com"),
            List.of(UPSTREAM, new RoutingAddress(URI.create("http://127.0.0.1:8082/v1"), 1, false)),
            List.of("orders"),
            "PRIVATE",
            false);
    return Map.of(
        myApi,
        Set.of("production"),
        ApiProxy.of(SLASHED, "/slashed", UPSTREAM),
        Set.of(),
        ApiProxy.of(new ProxyId("OtherProject", "Odd"), "/a b/é", UPSTREAM),
        Set.of(),
        ApiProxy.of(new ProxyId("OtherProject", "OtherAPI"), "/other", UPSTREAM),
        Set.of("production"));
  }

  /** Returns the same without any user. */
  public ProxyCatalog withoutUsers() {
    TestCatalog all = this;
    return new ProxyCatalog() {
      @Override
      public Set<String> environments() {
        return all.environments();
      }

      @Override
      public Set<String> projects() {
        return all.projects();
      }

      @Override
      public Map<ApiProxy, Set<String>> proxies() {
        return all.proxies();
      }

      @Override
      public Set<User> users() {
        return Set.of();
      }
    };
  }

  @Override
  public Set<User> users() {
    return Set.of(
        new User("admin", true, Map.of(), null),
        new User("nobody", false, Map.of(), null),
        user("operator", HASH, Right.MANAGE, Right.DEPLOY_UNDEPLOY, Right.VIEW),
        user("manager", null, Right.MANAGE),
        user("deployer", null, Right.DEPLOY_UNDEPLOY),
        user("viewer", HASH, Right.VIEW),
        user("misconfigured", "not a hash", Right.VIEW),
        user("project-admin", null, Right.PROJECT_ADMINISTRATOR),
        new User("outsider", false, Map.of("OtherProject", Set.of(Right.MANAGE)), null));
  }

  private static User user(String name, @Nullable String hash, Right... rights) {
    return new User(name, false, Map.of("MyProject", Set.of(rights)), hash);
  }
}
