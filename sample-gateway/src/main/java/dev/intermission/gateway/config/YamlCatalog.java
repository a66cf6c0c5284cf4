package dev.intermission.gateway.config;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.ProxyCatalog;
import dev.intermission.api.User;
import java.net.URI;
import java.util.Map;
import java.util.Set;

/**
 * The configured environments, projects, proxies and users of this gateway.
 *
 * @param accessUrls where clients reach the gateways of an environment, for those that are known
 */
public record YamlCatalog(
    Set<String> environments,
    Set<String> projects,
    Map<ApiProxy, Set<String>> proxies,
    Set<User> users,
    Map<String, URI> accessUrls)
    implements ProxyCatalog {

  public YamlCatalog {
    environments = Set.copyOf(environments);
    projects = Set.copyOf(projects);
    proxies = Map.copyOf(proxies);
    users = Set.copyOf(users);
    accessUrls = Map.copyOf(accessUrls);
  }

  /** Makes a catalog without access URLs. */
  public YamlCatalog(
      Set<String> environments,
      Set<String> projects,
      Map<ApiProxy, Set<String>> proxies,
      Set<User> users) {
    this(environments, projects, proxies, users, Map.of());
  }
}
