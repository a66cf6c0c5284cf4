package dev.intermission.gate;

import org.jspecify.annotations.Nullable;

/**
 * Tells early whether a text can become one of many path prefixes, by the text's hash alone.
 *
 * @param factor makes the hashes of a table unpredictable
 * @param beginnings the hashes of the prefixes' beginnings up to the end of a segment
 * @param others those of further tables with the same factor
 * @param longest the length of the longest prefix
 */
record Prefixes(int factor, HashSlots beginnings, @Nullable Prefixes others, int longest) {

  /** The hash of the empty text. */
  static final int EMPTY = 0x2F0B4C27;

  /** Returns the hash of a text with one more character. */
  int append(int hash, char c) {
    return (hash ^ c) * factor;
  }

  /**
   * Returns whether a text with this hash may be one of the prefixes, or the beginning of one up to
   * the end of a segment. Two texts may share a hash, so true is no proof.
   */
  boolean mayBegin(int hash) {
    return beginnings.contains(hash) || (others != null && others.mayBegin(hash));
  }

  /** Returns these prefixes and those of another table with the same factor. */
  Prefixes and(Prefixes other) {
    Prefixes further = others == null ? other : others.and(other);
    return new Prefixes(factor, beginnings, further, Math.max(longest, other.longest));
  }
}
