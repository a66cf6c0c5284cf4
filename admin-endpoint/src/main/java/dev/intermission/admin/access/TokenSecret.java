package dev.intermission.admin.access;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** New random texts for tokens of every kind. */
public final class TokenSecret {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SECRET_BYTES = 32;
  private static final int ID_BYTES = 8;

  private TokenSecret() {}

  /** Returns the prefix and 256 random bits. */
  public static String withPrefix(String prefix) {
    return prefix
        + Base64.getUrlEncoder().withoutPadding().encodeToString(randomBytes(SECRET_BYTES));
  }

  /** Returns a random id, which is no secret. */
  public static String newId() {
    return HexFormat.of().formatHex(randomBytes(ID_BYTES));
  }

  private static byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
