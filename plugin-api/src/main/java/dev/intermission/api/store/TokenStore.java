package dev.intermission.api.store;

import dev.intermission.api.User;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Stores users and tokens. Each call is one transaction, durable when it returns. Thread-safe.
 * Throws the same exceptions as {@link SettingsStore}.
 */
public interface TokenStore {

  /** Returns the user with the present rights. */
  Optional<User> user(String name);

  /**
   * Keeps a token; one with the same id is replaced.
   *
   * @throws IllegalArgumentException if there is no such user
   */
  void save(AccessToken token, Author author);

  /** Keeps a token on behalf of an unknown author. */
  default void save(AccessToken token) {
    save(token, Author.UNKNOWN);
  }

  /** Returns the token with this hash, also when it is expired or revoked. */
  Optional<AccessToken> tokenByHash(String hash);

  /** Returns all tokens, the newest first. */
  List<AccessToken> tokens();

  /** Revokes the token; returns false if there is no such token or it was revoked before. */
  boolean revoke(String id, Instant time, Author author);

  /** Revokes the token on behalf of an unknown author. */
  default boolean revoke(String id, Instant time) {
    return revoke(id, time, Author.UNKNOWN);
  }

  /** Removes tokens that expired before this time. */
  void removeExpired(Instant before);
}
