package dev.intermission.gate;

/** Tells early whether a text can become one of many path prefixes, by the text's hash alone. */
interface Prefixes {

  /** The hash of the empty text. */
  int EMPTY = 0x2F0B4C27;

  /** Returns the hash of a text with one more character. */
  int append(int hash, char c);

  /**
   * Returns whether a text with this hash may be one of the prefixes, or the beginning of one up to
   * the end of a segment. Two texts may share a hash, so true is no proof.
   */
  boolean mayBegin(int hash);

  /** Returns the length of the longest prefix. */
  int longest();
}
