package dev.intermission.filter;

import java.util.Arrays;
import java.util.Map;

/**
 * Finds the longest of many path prefixes that ends at a segment boundary of a path: a hash table
 * that is probed once for each boundary, with a hash that grows along the path. Time depends on the
 * path's length, not on the number of prefixes; nothing is allocated.
 */
final class PrefixTable {

  /** No prefix of the table. */
  static final int NONE = -1;

  private static final int EMPTY = -1;

  private final String[] prefixes;
  private final int[] entries;
  private final int[] values;
  private final int root;
  private final int longest;

  /**
   * @param valueOf the prefixes in {@link dev.intermission.api.Route}'s form, each with a value
   *     that is not negative
   */
  PrefixTable(Map<String, Integer> valueOf) {
    prefixes = new String[valueOf.size()];
    values = new int[valueOf.size()];
    entries = new int[Integer.highestOneBit(Math.max(1, valueOf.size())) * 4];
    Arrays.fill(entries, EMPTY);
    int rootValue = NONE;
    int longestPrefix = 0;
    int filled = 0;
    for (Map.Entry<String, Integer> prefix : valueOf.entrySet()) {
      if (prefix.getKey().equals("/")) {
        rootValue = prefix.getValue();
      }
      longestPrefix = Math.max(longestPrefix, prefix.getKey().length());
      prefixes[filled] = prefix.getKey();
      values[filled] = prefix.getValue();
      insert(prefix.getKey().hashCode(), filled++);
    }
    root = rootValue;
    longest = longestPrefix;
  }

  private void insert(int hash, int entry) {
    int at = spread(hash);
    while (entries[at] != EMPTY) {
      at = (at + 1) & (entries.length - 1);
    }
    entries[at] = entry;
  }

  /** Returns the value of the longest prefix of this plain path, or {@link #NONE}. */
  int find(String path) {
    int found = root;
    int hash = 0;
    int end = Math.min(path.length(), longest + 1);
    for (int i = 0; i < end; i++) {
      char c = path.charAt(i);
      if (c == '/' && i > 0) {
        found = longer(path, i, hash, found);
      }
      hash = 31 * hash + c;
    }
    return end == path.length() ? longer(path, end, hash, found) : found;
  }

  private int longer(String path, int length, int hash, int otherwise) {
    int at = spread(hash);
    for (int entry = entries[at]; entry != EMPTY; entry = entries[at]) {
      String prefix = prefixes[entry];
      if (prefix.length() == length && path.startsWith(prefix)) {
        return values[entry];
      }
      at = (at + 1) & (entries.length - 1);
    }
    return otherwise;
  }

  /** The hash is that of {@link String#hashCode}, so a prefix brings its own along. */
  private int spread(int hash) {
    int mixed = hash * 0x9E3779B9;
    return (mixed ^ (mixed >>> 16)) & (entries.length - 1);
  }
}
