package dev.intermission.gate;

/**
 * Where the part of a path that has been read so far may lead: beginnings of routes
 * (<em>places</em>), each with the smallest and the largest number of unmatched segments that may
 * follow it. {@link PathReadings} says for each piece of the path which ways there are to read it.
 *
 * <p>A set of places is an {@code int} with one bit for each. A place that is reached from another
 * one has no segment above it, so the places that a piece leads to are collected in such a set
 * while the others are changed where they are.
 */
final class PathPlaces {

  /** More places than any real path can lead to; each one costs time for each piece. */
  private static final int MOST = 16;

  private static final int NONE = -1;
  private static final int ROOT = 0;

  private final Prefixes prefixes;
  private final char[][] names = new char[MOST][];
  private final int[] hashes = new int[MOST];
  private final int[] parents = new int[MOST];
  private final int[] least = new int[MOST];
  private final int[] greatest = new int[MOST];
  private int size = 1;

  /** Where the path may be, with or without segments above. */
  private int held = 1;

  /** Where the path may be, with no segment above. */
  private int at = 1;

  /** Where the current piece leads to. */
  private int reached;

  /** Where the path may have ended. */
  private int ends;

  private boolean aboveRoot;
  private boolean tooMany;

  /** At the root. */
  PathPlaces(Prefixes prefixes) {
    this.prefixes = prefixes;
    hashes[ROOT] = Prefixes.EMPTY;
  }

  /** Goes back to the root, to read the path in another way; keeps where it may have ended. */
  void restart() {
    held = 1;
    at = 1;
    least[ROOT] = 0;
    greatest[ROOT] = 0;
  }

  int size() {
    return size;
  }

  /** Returns how many places the path may be at, with or without segments above them. */
  int count() {
    return Integer.bitCount(held);
  }

  /** Returns how many places the path may be at, with no segment above them. */
  int countAt() {
    return Integer.bitCount(at);
  }

  /** Moves over so many segments that lead to no route. */
  void grow(int segments) {
    for (int places = held; places != 0; places &= places - 1) {
      int place = Integer.numberOfTrailingZeros(places);
      least[place] += segments;
      greatest[place] += segments;
    }
    at = 0;
  }

  /** Moves over so many segments that are dropped, or lead to no route. */
  void mayGrow(int segments) {
    for (int places = held; places != 0; places &= places - 1) {
      greatest[Integer.numberOfTrailingZeros(places)] += segments;
    }
  }

  /**
   * Follows a piece to the places where a segment with this text leads.
   *
   * @return the places from which it leads on
   */
  int enter(PieceText text) {
    int entered = 0;
    for (int places = at; places != 0; places &= places - 1) {
      int place = Integer.numberOfTrailingZeros(places);
      int hash = text.hash(prefixes, prefixes.append(hashes[place], '/'));
      if (prefixes.mayBegin(hash)) {
        entered |= 1 << place;
        reach(find(place, hash, text));
      }
    }
    return entered;
  }

  private void reach(int place) {
    if (place == NONE) {
      tooMany = true;
    } else {
      reached |= 1 << place;
    }
  }

  private int find(int parent, int hash, PieceText text) {
    for (int place = parent + 1; place < size; place++) {
      if (hashes[place] == hash && parents[place] == parent && text.is(names[place])) {
        return place;
      }
    }
    if (size == MOST) {
      return NONE;
    }
    names[size] = text.copy();
    hashes[size] = hash;
    parents[size] = parent;
    return size++;
  }

  /**
   * Moves by a piece that may be read in each of these ways, in addition to the places that it was
   * {@linkplain #enter followed} to.
   *
   * @param goesUp whether it may be a dot segment that leads back
   * @param stays whether it may be dropped, or belong to the segment before it
   * @param growth how it may be a segment that leads to no route
   * @param certain the places where such a segment would lead on, so that there must be one above
   */
  void move(boolean goesUp, boolean stays, Growth growth, int certain) {
    if (goesUp || reached != 0 || (at != 0 && !stays)) {
      moveEach(goesUp, stays, growth, certain);
    } else if (!stays && growth == Growth.PUSH) {
      grow(1);
    } else if (growth != Growth.NONE) {
      mayGrow(1);
    }
  }

  private void moveEach(boolean goesUp, boolean stays, Growth growth, int certain) {
    int next = 0;
    int nextAt = 0;
    for (int places = held; places != 0; places &= places - 1) {
      int place = Integer.numberOfTrailingZeros(places);
      int low = least[place];
      int high = greatest[place];
      int from = Integer.MAX_VALUE;
      int to = NONE;
      if (goesUp) {
        if (high > 0) {
          from = Math.max(low - 1, 0);
          to = high - 1;
        }
        if (low == 0) {
          aboveRoot |= place == ROOT;
          reached |= 1 << parents[place];
        }
      }
      if (stays) {
        from = Math.min(from, low);
        to = high;
      }
      int above = certain >>> place & 1;
      if (growth == Growth.JOIN) {
        from = Math.min(from, Math.max(low, 1));
        to = high + 1;
      } else if (growth == Growth.PUSH && high >= above) {
        from = Math.min(from, Math.max(low, above) + 1);
        to = high + 1;
      }
      if (to != NONE) {
        least[place] = from;
        greatest[place] = to;
        next |= 1 << place;
        nextAt |= from == 0 ? 1 << place : 0;
      }
    }
    held = next;
    at = nextAt;
    arrive();
  }

  private void arrive() {
    for (int places = reached; places != 0; places &= places - 1) {
      int place = Integer.numberOfTrailingZeros(places);
      if ((held >>> place & 1) == 0) {
        greatest[place] = 0;
      }
      least[place] = 0;
    }
    held |= reached;
    at |= reached;
    reached = 0;
  }

  /** The path may end here. */
  void mayEnd() {
    ends |= held;
  }

  /** Returns whether the path may have ended at or above this place. */
  boolean isEnd(int place) {
    return (ends >>> place & 1) != 0;
  }

  /** Returns the path of a place; {@code /} for the root. */
  String path(int place) {
    if (place == ROOT) {
      return "/";
    }
    String name = "/" + String.valueOf(names[place]);
    return parents[place] == ROOT ? name : path(parents[place]) + name;
  }

  /** Returns whether a dot segment may have led out of the root. */
  boolean wasAboveRoot() {
    return aboveRoot;
  }

  /** Returns whether the path led to more places than this class keeps. */
  boolean isIncomplete() {
    return tooMany;
  }

  /** How a piece may be a segment that leads to no route. */
  enum Growth {
    /** It can't. */
    NONE,
    /** As a segment of its own. */
    PUSH,
    /** As a segment of its own, or as a part of the segment before it. */
    JOIN
  }
}
