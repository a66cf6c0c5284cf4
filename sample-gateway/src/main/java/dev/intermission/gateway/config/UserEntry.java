package dev.intermission.gateway.config;

import dev.intermission.admin.access.ClientSecret;
import dev.intermission.api.Right;
import dev.intermission.api.User;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A user as the file has it, under the user's name. */
record UserEntry(
    @Nullable Boolean systemAdministrator,
    @Nullable String passwordHash,
    @Nullable Map<String, Set<Right>> rights,
    @Nullable Set<String> follows) {

  UserEntry {
    if (passwordHash != null && !ClientSecret.isHash(passwordHash)) {
      throw new KeyFault(
          "passwordHash",
          "found what is no bcrypt hash of a cost from 10 to 16; make one with './intermission secret hash'");
    }
  }

  User toUser(String name) {
    return new User(
        name,
        systemAdministrator != null && systemAdministrator,
        rights == null ? Map.of() : rights,
        passwordHash,
        followed());
  }

  /** Returns the rights by project, none where nothing is said. */
  Map<String, Set<Right>> rightsByProject() {
    return rights == null ? Map.of() : rights;
  }

  /** Returns the environments whose snapshots this user's nodes take. */
  Set<String> followed() {
    return follows == null ? Set.of() : follows;
  }

  /** Leaves the password hash out. */
  @Override
  public String toString() {
    return "UserEntry[" + rights + "]";
  }
}
