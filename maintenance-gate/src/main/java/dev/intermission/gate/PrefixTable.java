package dev.intermission.gate;

import java.util.Arrays;
import java.util.function.IntBinaryOperator;

/**
 * Finds the longest of many path prefixes that ends at a segment boundary of a path.
 *
 * <p>It is a hash table that is probed once for each boundary of the path, with a rolling hash: the
 * hash of {@code /api/v1} is computed from the hash of {@code /api} while the path is scanned. A
 * boundary at whose depth no prefix of the table ends is skipped. For the path {@code
 * /api/v1/orders/7} and a table with the prefixes {@code /api} (value 0), {@code /api/v1} (value 1)
 * and {@code /petstore} (value 2):
 *
 * <pre>
 * boundary after    depth   a prefix ends here?       longest so far
 * /api              1       yes, /api                 0
 * /api/v1           2       yes, /api/v1              1
 * /api/v1/orders    3       not probed: the scan ends where the longest prefix would end
 * </pre>
 *
 * <p>The time depends on the length of the path, up to the length of the longest prefix, and not on
 * the number of prefixes. Nothing is allocated. With many prefixes the lookup time is dominated by
 * cache misses, so a prefix consists of a slot with its hash and an entry in one long text, which
 * holds the prefix and its value: a hit reads memory at two places, a miss mostly at one. A random
 * factor per table prevents crafted paths or prefixes from building long probe chains.
 */
final class PrefixTable {

  /** The result if no prefix of the table matches. */
  static final int NONE = -1;

  /** The table without any prefix. */
  static final PrefixTable NO_PREFIX = new Builder(0, Math::min).build();

  private static final int DEEPEST = 63;
  private static final int HEADER = 4;

  /**
   * Each slot is 0, or holds a hash in its upper half and in its lower half the index of the prefix
   * in {@link #text}, plus 1.
   */
  private final long[] slots;

  /** For each prefix its length and its value, two characters each, then its characters. */
  private final char[] text;

  private final Prefixes prefixes;

  private final int factor;
  private final int root;
  private final int longest;
  private final long depths;

  private PrefixTable(Builder builder) {
    slots = builder.slots;
    text = Arrays.copyOf(builder.text, builder.end);
    factor = builder.factor;
    root = builder.root;
    longest = builder.longest;
    depths = builder.depths;
    prefixes = new Prefixes(factor, builder.beginnings, null, longest);
  }

  /** Returns the prefixes of this table, to be looked up segment by segment. */
  Prefixes prefixes() {
    return prefixes;
  }

  /** Returns the value of the longest prefix of this plain path, or {@link #NONE}. */
  int find(String path) {
    return find(path, 0);
  }

  /**
   * Returns the value of the longest prefix of what is left of a plain path, or {@link #NONE}.
   *
   * @param from where it begins, at the end of a segment
   */
  int find(String path, int from) {
    int found = root;
    int hash = Prefixes.EMPTY;
    int depth = 0;
    int end = Math.min(path.length(), from + longest + 1);
    for (int i = from; i < end; i++) {
      char c = path.charAt(i);
      if (c == '/' && i > from) {
        found = longer(path, from, i, ++depth, hash, found);
      }
      hash = (hash ^ c) * factor;
    }
    return end == path.length() ? longer(path, from, end, depth + 1, hash, found) : found;
  }

  private int longer(String path, int from, int end, int depth, int hash, int otherwise) {
    if ((depths & bit(depth)) == 0) {
      return otherwise;
    }
    int at = index(hash, slots);
    for (long slot = slots[at]; slot != 0; slot = slots[at]) {
      if ((int) (slot >>> 32) == hash && isAt((int) slot - 1, path, from, end, text)) {
        return number((int) slot + 1, text);
      }
      at = (at + 1) & (slots.length - 1);
    }
    return otherwise;
  }

  private static boolean isAt(int prefix, String path, int from, int end, char[] text) {
    if (number(prefix, text) != end - from) {
      return false;
    }
    int first = prefix + HEADER - from;
    for (int i = from; i < end; i++) {
      if (text[first + i] != path.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static int number(int at, char[] text) {
    return text[at] << 16 | text[at + 1];
  }

  private static int index(int hash, long[] slots) {
    return (hash ^ (hash >>> 16)) & (slots.length - 1);
  }

  private static long bit(int depth) {
    return 1L << Math.min(depth, DEEPEST);
  }

  /** Collects prefixes. */
  static final class Builder {

    private final int factor;
    private final IntBinaryOperator first;

    /** The hashes of all beginnings of prefixes that end with a segment. */
    private final HashSlots beginnings = new HashSlots();

    private long[] slots = new long[4];
    private char[] text = new char[64];
    private int end;
    private int prefixes;
    private int root = NONE;
    private int longest;
    private long depths;

    /**
     * @param random seeds this table's hash function
     * @param first returns which of two values counts if a prefix is added with both
     */
    Builder(int random, IntBinaryOperator first) {
      factor = random | 1;
      this.first = first;
    }

    /**
     * Adds a prefix in {@link dev.intermission.api.Route}'s form.
     *
     * @param value not negative
     */
    void add(String prefix, int value) {
      if (prefix.equals("/")) {
        root = root == NONE ? value : first.applyAsInt(root, value);
        return;
      }
      int hash = Prefixes.EMPTY;
      int depth = 0;
      for (int i = 0; i < prefix.length(); i++) {
        if (prefix.charAt(i) == '/' && ++depth > 1) {
          beginnings.add(hash);
        }
        hash = (hash ^ prefix.charAt(i)) * factor;
      }
      beginnings.add(hash);
      int at = index(hash, slots);
      for (; slots[at] != 0; at = (at + 1) & (slots.length - 1)) {
        if ((int) (slots[at] >>> 32) == hash
            && isAt((int) slots[at] - 1, prefix, 0, prefix.length(), text)) {
          int both = (int) slots[at] + 1;
          putNumber(first.applyAsInt(number(both, text), value), both);
          return;
        }
      }
      slots[at] = (long) hash << 32 | (end + 1);
      append(prefix, value);
      longest = Math.max(longest, prefix.length());
      depths |= bit(depth);
      if (++prefixes > slots.length / 2) {
        grow();
      }
    }

    private void append(String prefix, int value) {
      int needed = Math.addExact(end, HEADER + prefix.length());
      if (needed > text.length) {
        text = Arrays.copyOf(text, Math.max(needed, text.length + (text.length >> 1)));
      }
      putNumber(prefix.length(), end);
      putNumber(value, end + 2);
      prefix.getChars(0, prefix.length(), text, end + HEADER);
      end = needed;
    }

    private void putNumber(int number, int at) {
      text[at] = (char) (number >>> 16);
      text[at + 1] = (char) number;
    }

    private void grow() {
      long[] larger = new long[slots.length * 2];
      for (long slot : slots) {
        if (slot != 0) {
          int at = index((int) (slot >>> 32), larger);
          while (larger[at] != 0) {
            at = (at + 1) & (larger.length - 1);
          }
          larger[at] = slot;
        }
      }
      slots = larger;
    }

    PrefixTable build() {
      return new PrefixTable(this);
    }
  }
}
