package dev.intermission.gateway.config;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.ProxyCatalog;
import dev.intermission.api.User;
import java.util.Map;
import java.util.Set;

/** The configured environments, projects, proxies and users of this gateway. */
public record YamlCatalog(
    Set<String> environments,
    Set<String> projects,
    Map<ApiProxy, Set<String>> proxies,
    Set<User> users)
    implements ProxyCatalog {

  public YamlCatalog {
    environments = Set.copyOf(environments);
    projects = Set.copyOf(projects);
    proxies = Map.copyOf(proxies);
    users = Set.copyOf(users);
  }
}
