package dev.intermission.api.trafficlog;

/** What is done to what a {@link PrivacyDefinition} finds. */
public enum PrivacyOperation {
  /** It is masked, as the {@link MaskMode} says. */
  MASK,
  /** It is left out. */
  DELETE,
  /** A keyed hash takes its place, the same for the same value ({@link HashSalt}). */
  HASH,
  /** It is logged as it is, and the record says that it was found. */
  DETECT;

  /**
   * Returns the operation of a name.
   *
   * @throws IllegalArgumentException with a message for the operator if there is none; {@code
   *     ENCRYPT}, which is published, is refused with the reason
   */
  public static PrivacyOperation parse(String name) {
    if (name.equals("ENCRYPT")) {
      throw new IllegalArgumentException(
          "is ENCRYPT, which is not supported: whoever has the key can read what was private, and no key is kept here;"
              + " allowed are MASK, DELETE, HASH and DETECT");
    }
    return EnumNames.parse(PrivacyOperation.class, name);
  }
}
