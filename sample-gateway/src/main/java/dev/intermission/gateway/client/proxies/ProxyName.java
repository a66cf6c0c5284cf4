package dev.intermission.gateway.client.proxies;

import dev.intermission.gateway.client.connection.ManagementApi;
import java.util.Comparator;

/** An API proxy by its project and name. */
public record ProxyName(String project, String name) implements Comparable<ProxyName> {

  private static final Comparator<ProxyName> ORDER =
      Comparator.comparing(ProxyName::project).thenComparing(ProxyName::name);

  /** Returns the path of its calls, with these segments behind it. */
  public String path(String... segments) {
    StringBuilder path =
        new StringBuilder(ManagementApi.path("projects", project, "apiProxies", name));
    for (String segment : segments) {
      path.append(ManagementApi.encoded(segment)).append('/');
    }
    return path.toString();
  }

  /** Returns the path of its newest audit entries. */
  public String audit() {
    return path("audit");
  }

  /** Returns the path of its settings. */
  public String settings() {
    return path("settings", "maintenance-mode");
  }

  /** Returns the path of its bypass tokens. */
  public String bypassTokens() {
    return path("settings", "maintenance-mode", "bypass-tokens");
  }

  /** Returns the path of its trace settings. */
  public String traceSettings() {
    return path("settings", "trace");
  }

  /** Returns the path of what was recorded of its requests. */
  public String traces() {
    return path("traces");
  }

  @Override
  public int compareTo(ProxyName other) {
    return ORDER.compare(this, other);
  }

  /** Returns it as operators write it. */
  @Override
  public String toString() {
    return project + "/" + name;
  }
}
