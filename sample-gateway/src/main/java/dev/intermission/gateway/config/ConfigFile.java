package dev.intermission.gateway.config;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.ProxyId;
import dev.intermission.api.Route;
import dev.intermission.api.User;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The configuration as the file has it; {@code examples/gateway.yaml} explains each key. Checked
 * when it is made: what one key says fits the others.
 */
record ConfigFile(
    @Nullable Role role,
    @Nullable String environment,
    @Nullable String node,
    @Nullable Front front,
    @Nullable String data,
    @Nullable String database,
    @Nullable Duration shutdownTimeout,
    ListenerConfig.@Nullable Entry traffic,
    ListenerConfig.@Nullable Entry admin,
    @Nullable UpstreamConfig upstream,
    @Nullable FeedConfig feed,
    @Nullable List<String> environments,
    @Nullable Map<String, ProjectEntry> projects,
    @Nullable Map<String, UserEntry> users) {

  /** A project as the file has it, under its name. */
  record ProjectEntry(@Nullable Map<String, ProxyEntry> proxies) {

    Map<String, ProxyEntry> proxiesByName() {
      return proxies == null ? Map.of() : proxies;
    }
  }

  ConfigFile {
    if (environments != null) {
      requireEnvironmentNames(environments);
    }
    if (projects != null) {
      requireProjects(projects, environments == null ? List.of() : environments);
    }
    if (users != null) {
      requireUsers(
          users,
          projects == null ? Set.of() : projects.keySet(),
          environments == null ? List.of() : environments);
    }
  }

  private static void requireEnvironmentNames(List<String> environments) {
    if (environments.isEmpty()) {
      throw new KeyFault("environments", "found an empty list, needed is a name at least");
    }
    for (int i = 0; i < environments.size(); i++) {
      requireName("environments[" + i + "]", environments.get(i));
    }
    requireUnique("environments", environments);
  }

  private static void requireProjects(
      Map<String, ProjectEntry> projects, List<String> environments) {
    projects.keySet().forEach(name -> requireName("projects." + name, name));
    requireEnvironments(projects, new TreeSet<>(environments));
    requireOwnRoutes(projects);
  }

  private static void requireName(String key, String name) {
    if (name.isBlank() || name.length() > 255 || name.chars().anyMatch(Character::isISOControl)) {
      throw new KeyFault(
          key, "the name is not 1 to 255 characters without controls, one of them no space");
    }
  }

  private static void requireUnique(String key, Collection<String> names) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new KeyFault(key, "found '%s' twice".formatted(name));
      }
    }
  }

  private static void requireEnvironments(
      Map<String, ProjectEntry> projects, Set<String> environments) {
    projects.forEach(
        (project, entry) ->
            entry
                .proxiesByName()
                .forEach(
                    (name, proxy) -> {
                      String key = "projects." + project + ".proxies." + name;
                      requireName(key, name);
                      for (String environment : proxy.environments()) {
                        requireKnown(key + ".deployTo", environment, environments);
                      }
                    }));
  }

  private static void requireOwnRoutes(Map<String, ProjectEntry> projects) {
    Map<Route, ProxyId> owners = new HashMap<>();
    for (ApiProxy proxy : proxies(projects).keySet()) {
      for (Route route : proxy.routes()) {
        ProxyId owner = owners.putIfAbsent(route, proxy.id());
        if (owner != null && !owner.equals(proxy.id())) {
          throw new KeyFault(
              "projects.%s.proxies.%s.relativePathList"
                  .formatted(proxy.id().project(), proxy.id().name()),
              "the route %s is that of %s already"
                  .formatted((route.host() == null ? "" : route.host()) + route.path(), owner));
        }
      }
    }
  }

  private static void requireUsers(
      Map<String, UserEntry> users, Set<String> projectNames, List<String> environmentNames) {
    Set<String> projects = new TreeSet<>(projectNames);
    Set<String> environments = new TreeSet<>(environmentNames);
    users.forEach(
        (name, user) -> {
          requireName("users." + name, name);
          user.rightsByProject()
              .keySet()
              .forEach(
                  project ->
                      requireKnown("users." + name + ".rights." + project, project, projects));
          user.followed()
              .forEach(
                  environment ->
                      requireKnown("users." + name + ".follows", environment, environments));
        });
  }

  private static void requireKnown(String key, String name, Set<String> known) {
    if (!known.contains(name)) {
      throw new KeyFault(key, "found '%s', allowed are %s".formatted(name, known));
    }
  }

  private static Map<ApiProxy, Set<String>> proxies(Map<String, ProjectEntry> projects) {
    Map<ApiProxy, Set<String>> proxies = new LinkedHashMap<>();
    projects.forEach(
        (project, entry) ->
            entry
                .proxiesByName()
                .forEach(
                    (name, proxy) ->
                        proxies.put(
                            proxy.toProxy(new ProxyId(project, name)), proxy.environments())));
    return proxies;
  }

  private YamlCatalog catalog() {
    Set<User> all = new HashSet<>();
    if (users != null) {
      users.forEach((name, user) -> all.add(user.toUser(name)));
    }
    Map<String, ProjectEntry> entries = Overrides.or(projects, Map.of());
    return new YamlCatalog(
        Set.copyOf(Overrides.or(environments, List.of())), entries.keySet(), proxies(entries), all);
  }

  /** Returns what the file, and over it the overrides, say; defaults for the rest. */
  GatewayConfig under(Overrides overrides) {
    Role runs = Overrides.or(overrides.role(), Overrides.or(role, Role.ALL));
    if (runs.hasAdminSide()) {
      requirePresent("environments", environments);
      requirePresent("projects", projects);
    }
    return new GatewayConfig(
        runs,
        Overrides.or(overrides.environment(), Overrides.or(environment, GatewayConfig.ENVIRONMENT)),
        Overrides.first(overrides.node(), node),
        Overrides.or(overrides.front(), Overrides.or(front, Front.HANDLER)),
        Overrides.or(overrides.data(), data == null ? GatewayConfig.DATA : Path.of(data)),
        Overrides.first(overrides.database(), database),
        Overrides.or(shutdownTimeout, GatewayConfig.SHUTDOWN_TIMEOUT),
        ListenerConfig.Entry.over(ListenerConfig.TRAFFIC, traffic)
            .at(overrides.host(), overrides.port()),
        ListenerConfig.Entry.over(ListenerConfig.ADMIN, admin)
            .at(overrides.adminHost(), overrides.adminPort()),
        Overrides.or(upstream, UpstreamConfig.DEFAULTS),
        Overrides.or(feed, FeedConfig.NONE).with(overrides.feed(), overrides.feedCa()),
        catalog());
  }

  private static void requirePresent(String key, @Nullable Object value) {
    if (value == null) {
      throw new KeyFault(key, "this key is missing, and required");
    }
  }

  /** Leaves out the database's URL, which may hold a password. */
  @Override
  public String toString() {
    return "ConfigFile[" + role + " of " + environment + " in " + data + "]";
  }
}
