package dev.intermission.gate;

import dev.intermission.api.BypassToken;
import dev.intermission.api.TokenHash;
import dev.intermission.api.TokenText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;

/**
 * What a request shows to pass a closed proxy, at the moment at which it does so. All tokens of a
 * proxy are compared, so the time tells nothing of them.
 */
final class Bypass {

  private final byte[] hash;
  private final Instant now;

  private Bypass(byte[] hash, Instant now) {
    this.hash = hash;
    this.now = now;
  }

  /** Takes the value of the field {@link BypassToken#HEADER}. */
  static Bypass of(String token, Instant now) {
    return new Bypass(TokenText.isAllowed(token) ? bytes(TokenHash.of(token)) : new byte[0], now);
  }

  private static byte[] bytes(String hash) {
    return hash.getBytes(StandardCharsets.US_ASCII);
  }

  /** Returns whether one of a proxy's tokens lets it pass. */
  boolean opens(List<BypassToken> tokens) {
    boolean opens = false;
    for (BypassToken token : tokens) {
      boolean isSame = MessageDigest.isEqual(bytes(token.hash()), hash);
      if (isSame && !token.isExpired(now)) {
        opens = true;
      }
    }
    return opens;
  }
}
