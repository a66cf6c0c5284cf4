package dev.intermission.gate;

import dev.intermission.api.BypassToken;
import dev.intermission.api.TokenHash;
import dev.intermission.api.TokenText;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request shows to pass a closed proxy, at the moment at which it does so. A token is found
 * by its hash, so the time tells nothing of those that a proxy has ({@link TokenHash}).
 *
 * @param hash null if the text can't be a token
 */
record Bypass(@Nullable String hash, Instant now) {

  /** Takes the value of the field {@link BypassToken#HEADER}. */
  static Bypass of(String token, Instant now) {
    return new Bypass(TokenText.isAllowed(token) ? TokenHash.of(token) : null, now);
  }

  /** Returns whether one of a proxy's tokens, by their hashes, lets it pass. */
  boolean opens(Map<String, BypassToken> tokens) {
    BypassToken token = hash == null ? null : tokens.get(hash);
    return token != null && !token.isExpired(now);
  }
}
