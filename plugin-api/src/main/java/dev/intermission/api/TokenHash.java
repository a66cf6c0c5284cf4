package dev.intermission.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The hash of a token, which is kept instead of it. A fast hash is enough for 256 random bits.
 * Tokens are found by their hash, so no comparison can leak how much of a guess was right.
 */
public final class TokenHash {

  private TokenHash() {}

  /** Returns the SHA-256 of the text in lower-case hex. */
  public static String of(String secret) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JVM has SHA-256", e);
    }
  }
}
