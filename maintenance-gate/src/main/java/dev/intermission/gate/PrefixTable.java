package dev.intermission.gate;

import java.util.Arrays;
import java.util.function.IntBinaryOperator;

/**
 * Finds the longest of many path prefixes that ends at a segment boundary of a path: a hash table
 * that is probed once for each boundary at which a prefix may end, with a hash that grows along the
 * path. Time depends on the path's length, bounded by that of the longest prefix, and not on the
 * number of prefixes; nothing is allocated.
 *
 * <p>With many prefixes, time is what the processor waits for memory. So a prefix is its hash and
 * its place in one long text that holds it with its value: two reads for one that is found, mostly
 * one for one that isn't. The hash has a random factor: nobody can choose paths, or prefixes, that
 * are far to seek in this table.
 */
final class PrefixTable implements Prefixes {

  /** No prefix of the table. */
  static final int NONE = -1;

  /** The table without any prefix. */
  static final PrefixTable NO_PREFIX = new Builder(0, Math::min).build();

  private static final int DEEPEST = 63;
  private static final int HEADER = 4;

  /** Each slot is 0, or a hash in the upper half and the index of a prefix + 1 in the lower. */
  private final long[] slots;

  /** Each prefix: its length and its value, two characters each, and its characters. */
  private final char[] text;

  /** The hashes of what prefixes begin with, up to each of their segments. */
  private final HashSlots beginnings;

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
    beginnings = builder.beginnings;
  }

  @Override
  public int append(int hash, char c) {
    return (hash ^ c) * factor;
  }

  @Override
  public boolean mayBegin(int hash) {
    return beginnings.contains(hash);
  }

  @Override
  public int longest() {
    return longest;
  }

  /** Returns the prefixes of this table and of another one with the same random factor. */
  Prefixes and(PrefixTable other) {
    return new Prefixes() {
      @Override
      public int append(int hash, char c) {
        return PrefixTable.this.append(hash, c);
      }

      @Override
      public boolean mayBegin(int hash) {
        return PrefixTable.this.mayBegin(hash) || other.mayBegin(hash);
      }

      @Override
      public int longest() {
        return Math.max(longest, other.longest);
      }
    };
  }

  /** Returns the value of the longest prefix of this plain path, or {@link #NONE}. */
  int find(String path) {
    int found = root;
    int hash = EMPTY;
    int depth = 0;
    int end = Math.min(path.length(), longest + 1);
    for (int i = 0; i < end; i++) {
      char c = path.charAt(i);
      if (c == '/' && i > 0) {
        found = longer(path, i, ++depth, hash, found);
      }
      hash = (hash ^ c) * factor;
    }
    return end == path.length() ? longer(path, end, depth + 1, hash, found) : found;
  }

  private int longer(String path, int length, int depth, int hash, int otherwise) {
    if ((depths & bit(depth)) == 0) {
      return otherwise;
    }
    int at = index(hash, slots);
    for (long slot = slots[at]; slot != 0; slot = slots[at]) {
      if ((int) (slot >>> 32) == hash && isAt((int) slot - 1, path, length, text)) {
        return number((int) slot + 1, text);
      }
      at = (at + 1) & (slots.length - 1);
    }
    return otherwise;
  }

  private static boolean isAt(int prefix, String path, int length, char[] text) {
    if (number(prefix, text) != length) {
      return false;
    }
    int first = prefix + HEADER;
    for (int i = 0; i < length; i++) {
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
    private final HashSlots beginnings = new HashSlots();
    private long[] slots = new long[4];
    private char[] text = new char[64];
    private int end;
    private int prefixes;
    private int root = NONE;
    private int longest;
    private long depths;

    /**
     * @param random any number; makes the hashes others than those of other tables
     * @param first returns which of two values counts, where a prefix has both
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
      int hash = EMPTY;
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
            && isAt((int) slots[at] - 1, prefix, prefix.length(), text)) {
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
