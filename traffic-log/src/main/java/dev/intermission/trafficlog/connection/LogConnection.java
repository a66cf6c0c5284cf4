package dev.intermission.trafficlog.connection;

import java.util.Objects;
import java.util.Set;

/**
 * A place that records go to, as the gateway's configuration names it.
 *
 * @param name what log settings and the configuration call it
 * @param environments those whose gateways use it; empty for all
 * @param target what it is
 */
public record LogConnection(String name, Set<String> environments, LogTarget target) {

  /** The most characters of a name. */
  public static final int MAX_NAME_LENGTH = 100;

  /**
   * @throws IllegalArgumentException if the name can't be one
   */
  public LogConnection {
    Objects.requireNonNull(target, "target");
    environments = Set.copyOf(environments);
    if (name.isBlank()
        || name.length() > MAX_NAME_LENGTH
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "found a name that is none; allowed are 1 to "
              + MAX_NAME_LENGTH
              + " characters, and no control characters");
    }
  }

  /** Returns whether gateways of an environment use it. */
  public boolean serves(String environment) {
    return environments.isEmpty() || environments.contains(environment);
  }
}
