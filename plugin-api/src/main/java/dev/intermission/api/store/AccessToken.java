package dev.intermission.api.store;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A token as it is stored: with the hash of its secret, never the secret itself.
 *
 * @param id short and public; identifies the token in lists and for revocation
 * @param username whose rights it carries
 * @param hash the SHA-256 of the token's text, in lower-case hex
 * @param created when it was made
 * @param expires the time from which it is refused, or null if it does not expire
 * @param revoked when it was revoked, or null if it was not
 */
public record AccessToken(
    String id,
    String username,
    String hash,
    Instant created,
    @Nullable Instant expires,
    @Nullable Instant revoked) {

  public AccessToken {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(username, "username");
    Objects.requireNonNull(hash, "hash");
    Objects.requireNonNull(created, "created");
  }

  /** Leaves the hash out. */
  @Override
  public String toString() {
    return "AccessToken[" + id + " of " + username + "]";
  }
}
