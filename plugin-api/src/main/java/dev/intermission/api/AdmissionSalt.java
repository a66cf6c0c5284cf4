package dev.intermission.api;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The secret that decides which clients an {@linkplain Exemptions#admitPercent() admitted share} is
 * made of. Gates with the same salt admit the same clients; who does not know it can't tell which.
 *
 * @param first the first 64 bits
 * @param second the last 64 bits
 */
public record AdmissionSalt(long first, long second) {

  private static final Pattern TEXT = Pattern.compile("[0-9a-f]{32}");

  /** Returns a new one, which nobody can guess. */
  public static AdmissionSalt random() {
    SecureRandom random = new SecureRandom();
    return new AdmissionSalt(random.nextLong(), random.nextLong());
  }

  /**
   * Returns the salt of a text.
   *
   * @throws IllegalArgumentException if the text is not 32 lower-case hexadecimal digits; the
   *     message does not have the text
   */
  public static AdmissionSalt parse(String text) {
    if (!TEXT.matcher(text).matches()) {
      throw new IllegalArgumentException("is no salt of 32 lower-case hexadecimal digits");
    }
    ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(text));
    return new AdmissionSalt(bytes.getLong(), bytes.getLong());
  }

  /** Returns the text that {@link #parse} reads; it is secret. */
  public String text() {
    return HexFormat.of().toHexDigits(first) + HexFormat.of().toHexDigits(second);
  }

  /** Leaves the salt out. */
  @Override
  public String toString() {
    return "AdmissionSalt[…]";
  }
}
