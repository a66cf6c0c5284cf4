package dev.intermission.api;

import java.util.Objects;

/**
 * Identifies an API proxy: names are case-sensitive and unique inside their project.
 *
 * @param project the project's name
 * @param name the proxy's name
 */
public record ProxyId(String project, String name) {

  public ProxyId {
    Objects.requireNonNull(project, "project");
    Objects.requireNonNull(name, "name");
  }

  /** Returns {@code project/name}, for messages. */
  @Override
  public String toString() {
    return project + "/" + name;
  }
}
