package dev.intermission.feed.server;

/**
 * Decides whether a gateway node may follow an environment. The admin side implements it with its
 * access tokens. Implementations are safe for use by many threads.
 */
public interface NodeAuthenticator {

  /** The result of checking a token. */
  enum Verdict {
    /** The bearer may follow the environment. */
    ACCEPTED,
    /** The token is unknown, revoked or expired. */
    INVALID_TOKEN,
    /** The token is valid, but its user may not follow the environment. */
    NOT_ALLOWED
  }

  /**
   * Checks a token. The result holds only for this moment, since a token may be revoked at any
   * time.
   *
   * @param token the token as the node sent it
   * @param environment the name of the environment that the node wants to follow
   * @throws dev.intermission.api.store.StoreUnavailableException if the tokens can't be read
   */
  Verdict check(String token, String environment);
}
