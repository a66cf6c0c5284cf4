package dev.intermission.admin.access;

import dev.intermission.api.User;

/** The result of checking a presented token. */
public sealed interface TokenCheck {

  /**
   * A valid token.
   *
   * @param user its user, with the present rights
   */
  record Accepted(User user) implements TokenCheck {}

  /** An invalid token. */
  enum Refused implements TokenCheck {
    /**
     * Never issued, malformed, revoked, or of a user who no longer exists; callers are not told
     * which.
     */
    UNKNOWN,
    /** In force once. */
    EXPIRED
  }
}
