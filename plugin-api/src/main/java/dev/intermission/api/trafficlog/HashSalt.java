package dev.intermission.api.trafficlog;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The secret key of {@link PrivacyOperation#HASH}. Gateways with the same one make the same hash of
 * a value, so that records can be compared; who does not know it can't try values out.
 *
 * @param text 64 lower-case hexadecimal digits; secret
 */
public record HashSalt(String text) {

  private static final int BYTES = 32;
  private static final Pattern TEXT = Pattern.compile("[0-9a-f]{64}");

  /**
   * @throws IllegalArgumentException if the text is no salt; the message does not have the text
   */
  public HashSalt {
    Objects.requireNonNull(text, "text");
    if (!TEXT.matcher(text).matches()) {
      throw new IllegalArgumentException("is no salt of 64 lower-case hexadecimal digits");
    }
  }

  /** Returns a new one, which nobody can guess. */
  public static HashSalt random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new HashSalt(HexFormat.of().formatHex(bytes));
  }

  /** Returns the key: 32 bytes, of which each caller gets its own copy. */
  public byte[] bytes() {
    return HexFormat.of().parseHex(text);
  }

  /** Leaves the salt out. */
  @Override
  public String toString() {
    return "HashSalt[…]";
  }
}
