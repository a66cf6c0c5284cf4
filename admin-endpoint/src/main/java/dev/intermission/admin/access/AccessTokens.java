package dev.intermission.admin.access;

import dev.intermission.api.TokenHash;
import dev.intermission.api.TokenText;
import dev.intermission.api.User;
import dev.intermission.api.store.AccessToken;
import dev.intermission.api.store.TokenStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Personal access tokens (contract section 1): 256 random bits, shown once, kept as a SHA-256 hash.
 * Tokens expire by the clock; a jump of the clock loses no token. Thread-safe. Every method throws
 * {@link dev.intermission.api.store.StoreUnavailableException} like the store.
 */
public final class AccessTokens {

  /** The beginning of every token, by which secret scanners recognise it. */
  public static final String PREFIX = "imt_";

  private static final Duration LONGEST_LIFETIME = Duration.ofDays(36_500);

  /** How long the answer to an expired token is still "expired", and not "unknown". */
  private static final Duration KEPT_EXPIRED = Duration.ofDays(7);

  private static final Duration BETWEEN_CLEANINGS = Duration.ofHours(1);

  private final TokenStore store;
  private final Clock clock;

  private final AtomicLong nextCleaning = new AtomicLong(System.nanoTime());

  /** Makes and checks the tokens of this store. */
  public AccessTokens(TokenStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * A new token with its secret, which can't be read again later.
   *
   * @param token what the store keeps of it
   * @param secret the text that a client sends
   */
  public record Issued(AccessToken token, String secret) {

    /** Leaves the secret out. */
    @Override
    public String toString() {
      return "Issued[" + token + "]";
    }
  }

  /**
   * Returns a new random text for a token: {@value #PREFIX} and 256 random bits. It is not valid
   * before {@link #keep} is called with it.
   */
  public static String newSecret() {
    return TokenSecret.withPrefix(PREFIX);
  }

  /**
   * Makes a token.
   *
   * @param lifetime how long it is valid, above zero and at most 36,500 days; null if it does not
   *     expire
   * @throws IllegalArgumentException if there is no such user, or the lifetime is not allowed
   */
  public Issued create(String username, @Nullable Duration lifetime) {
    if (lifetime != null
        && (lifetime.isNegative()
            || lifetime.isZero()
            || lifetime.compareTo(LONGEST_LIFETIME) > 0)) {
      throw new IllegalArgumentException(
          "The lifetime "
              + lifetime
              + " of a token is not above zero and at most "
              + LONGEST_LIFETIME.toDays()
              + " days");
    }
    removeLongExpired();
    Instant now = now();
    String secret = newSecret();
    AccessToken token =
        new AccessToken(
            TokenSecret.newId(),
            username,
            TokenHash.of(secret),
            now,
            lifetime == null ? null : now.plus(lifetime).truncatedTo(ChronoUnit.MILLIS),
            null);
    store.save(token);
    return new Issued(token, secret);
  }

  /**
   * Makes this exact secret a token of the user that never expires. Doing so again changes nothing;
   * another secret replaces the one that was kept for the user before.
   *
   * @throws IllegalArgumentException if there is no such user, if the secret is not 1 to 4096
   *     visible ASCII characters, or if it is a token that was revoked, expires, or is another
   *     user's
   */
  public void keep(String username, String secret) {
    TokenText.require(secret);
    String hash = TokenHash.of(secret);
    String id = "kept-" + username;
    Optional<AccessToken> known = store.tokenByHash(hash);
    if (known.isEmpty()) {
      store.save(new AccessToken(id, username, hash, now(), null, null));
      return;
    }
    AccessToken token = known.get();
    String fault =
        !token.username().equals(username)
            ? "is another user's"
            : token.revoked() != null
                ? "was revoked at " + token.revoked()
                : token.expires() != null ? "expires at " + token.expires() : null;
    if (fault != null) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "This secret can't be a token of %s for good: it is the token %s, which %s. Choose another secret.",
              username,
              token.id(),
              fault));
    }
    if (!token.id().equals(id)) {
      store.revoke(id, now());
    }
  }

  /** Returns all tokens, the newest first, with those that are expired or revoked. */
  public List<AccessToken> list() {
    return store.tokens();
  }

  /** Returns whether there is a token that is in force. */
  public boolean exist() {
    Instant now = clock.instant();
    return store.tokens().stream()
        .anyMatch(
            token ->
                token.revoked() == null
                    && (token.expires() == null || now.isBefore(token.expires())));
  }

  /** Revokes a token; returns false if there is no token with this id, or it was revoked before. */
  public boolean revoke(String id) {
    return store.revoke(id, now());
  }

  /** Checks a text that was presented as a token. */
  public TokenCheck check(String secret) {
    return TokenText.isAllowed(secret)
        ? checkHash(TokenHash.of(secret))
        : TokenCheck.Refused.UNKNOWN;
  }

  /** Checks a token by the hash of its text. */
  TokenCheck checkHash(String hash) {
    Optional<AccessToken> found = store.tokenByHash(hash);
    if (found.isEmpty() || found.get().revoked() != null) {
      return TokenCheck.Refused.UNKNOWN;
    }
    AccessToken token = found.get();
    if (token.expires() != null && !clock.instant().isBefore(token.expires())) {
      return TokenCheck.Refused.EXPIRED;
    }
    Optional<User> user = store.user(token.username());
    return user.isPresent() ? new TokenCheck.Accepted(user.get()) : TokenCheck.Refused.UNKNOWN;
  }

  private void removeLongExpired() {
    long due = nextCleaning.get();
    long now = System.nanoTime();
    if (now - due >= 0 && nextCleaning.compareAndSet(due, now + BETWEEN_CLEANINGS.toNanos())) {
      store.removeExpired(clock.instant().minus(KEPT_EXPIRED));
    }
  }

  /** Returns the time as a store keeps it. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
