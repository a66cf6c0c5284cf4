package dev.intermission.admin.access;

import dev.intermission.api.User;

/** What a presented token turned out to be. */
public sealed interface TokenCheck {

  /**
   * A token in force.
   *
   * @param user whose it is, with the rights of now
   */
  record Accepted(User user) implements TokenCheck {}

  /** A token that opens nothing. */
  enum Refused implements TokenCheck {
    /** Never made, malformed, revoked, or of a user who is gone: which one is not told. */
    UNKNOWN,
    /** In force once. */
    EXPIRED
  }
}
