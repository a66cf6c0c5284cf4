package dev.intermission.trafficlog.privacy;

import dev.intermission.api.trafficlog.HashSalt;
import dev.intermission.api.trafficlog.MaskMode;
import dev.intermission.api.trafficlog.PrivacyDefinition.Mask;
import dev.intermission.api.trafficlog.PrivacyOperation;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What takes the place of a value that is private.
 *
 * @param operation any but {@link PrivacyOperation#DETECT}, which changes nothing
 * @param mask how it is masked
 * @param salt the key of hashes; without one, a value is masked instead
 */
record Treatment(PrivacyOperation operation, Mask mask, @Nullable HashSalt salt) {

  /** Nothing of the value is told. */
  static final Treatment HIDDEN = new Treatment(PrivacyOperation.MASK, Mask.DEFAULT, null);

  private static final String HMAC = "HmacSHA256";

  /**
   * Returns what takes the place of a value.
   *
   * @param isWhole whether this is all of it; of a part nothing is told
   */
  String of(String value, boolean isWhole) {
    return switch (operation) {
      case DELETE -> "";
      case HASH -> salt == null || !isWhole ? Mask.DEFAULT.text() : hash(value, salt);
      case MASK -> isWhole ? masked(value) : Mask.DEFAULT.text();
      case DETECT -> value;
    };
  }

  /** Returns whether characters of the value stay. */
  boolean keepsSome() {
    return operation == PrivacyOperation.MASK && mask.mode() != MaskMode.FIXED;
  }

  /** Returns whether what takes the place of a value depends on it. */
  boolean tellsOfValue() {
    return keepsSome() || operation == PrivacyOperation.HASH;
  }

  private static String hash(String value, HashSalt salt) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(salt.bytes(), HMAC));
      return HexFormat.of().formatHex(mac.doFinal(value.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Each Java platform has " + HMAC, e);
    }
  }

  private String masked(String value) {
    int[] characters = value.codePoints().toArray();
    int chars = mask.chars();
    boolean isShort = characters.length <= chars;
    return switch (mask.mode()) {
      case FIXED -> mask.text();
      case KEEP_FIRST ->
          isShort
              ? stars(characters.length)
              : text(characters, 0, chars) + stars(characters.length - chars);
      case KEEP_LAST ->
          isShort
              ? stars(characters.length)
              : stars(characters.length - chars)
                  + text(characters, characters.length - chars, chars);
      case MASK_FIRST ->
          isShort
              ? stars(characters.length)
              : stars(chars) + text(characters, chars, characters.length - chars);
    };
  }

  private String stars(int count) {
    return mask.text().repeat(count);
  }

  private static String text(int[] characters, int from, int count) {
    return new String(characters, from, count);
  }

  /** Leaves the salt out. */
  @Override
  public String toString() {
    return "Treatment[" + operation + "]";
  }
}
