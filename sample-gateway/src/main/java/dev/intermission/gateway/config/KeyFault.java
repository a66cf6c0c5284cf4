package dev.intermission.gateway.config;

import java.util.Locale;

/** Thrown by a configuration record for a wrong value of one of its keys. */
final class KeyFault extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final String key;
  private final String fault;

  /**
   * Takes the key, relative to the record, and a text that says what was found and what is allowed.
   */
  KeyFault(String key, String fault) {
    super(key.isEmpty() ? fault : key + ": " + fault);
    this.key = key;
    this.fault = fault;
  }

  String key() {
    return key;
  }

  String fault() {
    return fault;
  }

  /** Refuses a number that is not in the range. */
  static void requireRange(String key, int found, int least, int most) {
    if (found < least || found > most) {
      throw new KeyFault(
          key, String.format(Locale.ROOT, "found %d, allowed are %d to %d", found, least, most));
    }
  }
}
