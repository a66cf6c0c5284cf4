package dev.intermission.gate;

/** A set of hashes with open addressing, at most half full. */
final class HashSlots {

  private int[] slots = new int[4];
  private int size;

  void add(int hash) {
    int wanted = stored(hash);
    int at = find(wanted, slots);
    if (slots[at] == wanted) {
      return;
    }
    slots[at] = wanted;
    if (++size > slots.length / 2) {
      int[] larger = new int[slots.length * 2];
      for (int slot : slots) {
        if (slot != 0) {
          larger[find(slot, larger)] = slot;
        }
      }
      slots = larger;
    }
  }

  boolean contains(int hash) {
    int wanted = stored(hash);
    return slots[find(wanted, slots)] == wanted;
  }

  /** Returns the slot of this hash, or the free one where it would go. */
  private static int find(int wanted, int[] slots) {
    int at = (wanted ^ (wanted >>> 16)) & (slots.length - 1);
    while (slots[at] != 0 && slots[at] != wanted) {
      at = (at + 1) & (slots.length - 1);
    }
    return at;
  }

  /** 0 is a free slot. */
  private static int stored(int hash) {
    return hash == 0 ? 1 : hash;
  }
}
