package dev.intermission.gate;

import java.util.Arrays;

/** What a byte of a path may be for some backend, in the order in which a text takes them. */
final class PathByte {

  static final byte TEXT = 0;
  static final byte PARAMETERS = 1;
  static final byte END_OF_PATH = 2;
  static final byte SLASH = 3;
  static final byte BACKSLASH = 4;

  /** The beginning of an escape, or no ASCII character. */
  static final byte OTHER = 5;

  private static final byte[] KINDS = new byte[0x100];

  static {
    Arrays.fill(KINDS, 0x80, KINDS.length, OTHER);
    KINDS['%'] = OTHER;
    KINDS['/'] = SLASH;
    KINDS['\\'] = BACKSLASH;
    KINDS[';'] = PARAMETERS;
    // A backend that reads the decoded path as a URL or as a C string sees its end here.
    KINDS['?'] = END_OF_PATH;
    KINDS['#'] = END_OF_PATH;
    KINDS[0] = END_OF_PATH;
  }

  private PathByte() {}

  /** Returns the kind of a byte, which is in the lowest eight bits. */
  static byte kind(int b) {
    return KINDS[b & 0xFF];
  }
}
