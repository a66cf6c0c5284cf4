package dev.intermission.api;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Someone who may use the admin endpoint.
 *
 * @param name unique
 * @param systemAdministrator whether the user may do everything everywhere
 * @param rights the rights by project; a user without a right in a project is not a member of it
 * @param passwordHash the slow hash of the user's client secret, or null if the user has none
 * @param followed the environments whose snapshots the user's nodes may take
 */
public record User(
    String name,
    boolean systemAdministrator,
    Map<String, Set<Right>> rights,
    @Nullable String passwordHash,
    Set<String> followed) {

  public User {
    Objects.requireNonNull(name, "name");
    followed = Set.copyOf(followed);
    rights =
        rights.entrySet().stream()
            .filter(entry -> !entry.getValue().isEmpty())
            .collect(
                Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> Set.copyOf(e.getValue())));
  }

  /** Makes a user who has no nodes. */
  public User(
      String name,
      boolean systemAdministrator,
      Map<String, Set<Right>> rights,
      @Nullable String passwordHash) {
    this(name, systemAdministrator, rights, passwordHash, Set.of());
  }

  /** Returns whether the user belongs to the project, and may read what is in it. */
  public boolean isMemberOf(String project) {
    return systemAdministrator || rights.containsKey(project);
  }

  /** Returns whether the user may do this in the project. */
  public boolean may(Right right, String project) {
    Set<Right> held = rights.getOrDefault(project, Set.of());
    return systemAdministrator
        || held.contains(right)
        || held.contains(Right.PROJECT_ADMINISTRATOR)
        || (right == Right.VIEW && !held.isEmpty());
  }

  /** Returns whether a node with a token of this user may take the environment's snapshots. */
  public boolean mayFollow(String environment) {
    return systemAdministrator || followed.contains(environment);
  }

  /** Leaves the password hash out. */
  @Override
  public String toString() {
    return "User[" + name + "]";
  }
}
