package dev.intermission.api;

import java.time.Instant;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A token that lets requests pass which carry it although their proxy is closed, as it is stored:
 * with the hash of its secret, never the secret itself.
 *
 * @param id short and public; identifies the token in lists and for revocation
 * @param description what it is for, may be empty
 * @param hash the {@link TokenHash} of the text that clients send
 * @param username who made it
 * @param created when it was made
 * @param expires the time from which on it lets nothing pass
 */
public record BypassToken(
    String id, String description, String hash, String username, Instant created, Instant expires) {

  /** The request field that carries the text of a token. */
  public static final String HEADER = "Intermission-Bypass";

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  /**
   * @throws IllegalArgumentException if the hash is none
   */
  public BypassToken {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(username, "username");
    Objects.requireNonNull(created, "created");
    Objects.requireNonNull(expires, "expires");
    if (!HASH.matcher(hash).matches()) {
      throw new IllegalArgumentException("the hash of the bypass token " + id + " is none");
    }
  }

  /** Returns whether it lets nothing pass any more. */
  public boolean isExpired(Instant now) {
    return !now.isBefore(expires);
  }

  /** Leaves the hash out. */
  @Override
  public String toString() {
    return "BypassToken[" + id + ", expires " + expires + "]";
  }
}
