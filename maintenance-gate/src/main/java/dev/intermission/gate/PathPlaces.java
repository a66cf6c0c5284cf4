package dev.intermission.gate;

import java.util.Arrays;

/**
 * Where the part of a path that has been read so far may lead: beginnings of routes
 * (<em>places</em>), each with the smallest and the largest number of unmatched segments that may
 * follow it. {@link PathReadings} calls one method for each way to read a piece of the path; each
 * reads the current state and adds to the next one.
 */
final class PathPlaces {

  /** More places than any real path can lead to; each one costs time for each piece. */
  private static final int MOST = 16;

  private static final int NONE = -1;
  private static final int ROOT = 0;

  private final Prefixes prefixes;
  private final StringBuilder names = new StringBuilder();
  private final int[] nameEnds = new int[MOST];
  private final int[] hashes = new int[MOST];
  private final int[] parents = new int[MOST];
  private int[] least = new int[MOST];
  private int[] greatest = new int[MOST];
  private int[] nextLeast = new int[MOST];
  private int[] nextGreatest = new int[MOST];
  private final boolean[] ends = new boolean[MOST];
  private int size = 1;
  private boolean aboveRoot;
  private boolean tooMany;

  /** At the root. */
  PathPlaces(Prefixes prefixes) {
    this.prefixes = prefixes;
    hashes[ROOT] = Prefixes.EMPTY;
    Arrays.fill(greatest, NONE);
    Arrays.fill(nextGreatest, NONE);
    greatest[ROOT] = 0;
  }

  int size() {
    return size;
  }

  /** Returns whether the path may be at this place, with or without segments above it. */
  boolean isHeld(int place) {
    return greatest[place] != NONE;
  }

  /** Returns whether the path may be at any place, with no segment above it. */
  boolean isAnyAt() {
    for (int place = 0; place < size; place++) {
      if (isAt(place)) {
        return true;
      }
    }
    return false;
  }

  /** Moves over so many segments that lead to no route. */
  void grow(int segments) {
    for (int place = 0; place < size; place++) {
      if (isHeld(place)) {
        least[place] += segments;
        greatest[place] += segments;
      }
    }
  }

  /** Moves over so many segments that are dropped, or lead to no route. */
  void mayGrow(int segments) {
    for (int place = 0; place < size; place++) {
      if (isHeld(place)) {
        greatest[place] += segments;
      }
    }
  }

  /** Returns whether the path may be at this place, with no segment above it. */
  boolean isAt(int place) {
    return isHeld(place) && least[place] == 0;
  }

  /** The piece may be dropped, or belong to the segment before it. */
  void stay(int place) {
    add(place, least[place], greatest[place]);
  }

  /**
   * The piece may be a segment that leads to no route.
   *
   * @param above how many segments there must be above the place before
   */
  void push(int place, int above) {
    if (greatest[place] >= above) {
      add(place, Math.max(least[place], above) + 1, greatest[place] + 1);
    }
  }

  /** The piece may be a segment that leads to no route, or lengthen one. */
  void pushOrJoin(int place) {
    add(place, Math.max(least[place], 1), greatest[place] + 1);
  }

  /** The piece may be a dot segment that leads back. */
  void pop(int place) {
    if (greatest[place] > 0) {
      add(place, Math.max(least[place] - 1, 0), greatest[place] - 1);
    }
    if (least[place] == 0) {
      aboveRoot |= place == ROOT;
      add(parents[place], 0, 0);
    }
  }

  /** The piece may be a segment with this text; returns whether that leads on to a place. */
  boolean enter(int place, PathPieces piece) {
    int hash = prefixes.append(hashes[place], '/');
    for (int i = 0; i < piece.length(); i++) {
      hash = prefixes.append(hash, piece.charAt(i));
    }
    if (!prefixes.mayBegin(hash)) {
      return false;
    }
    int next = find(place, hash, piece);
    if (next == NONE) {
      tooMany = true;
    } else {
      add(next, 0, 0);
    }
    return true;
  }

  private int find(int parent, int hash, PathPieces piece) {
    for (int place = parent + 1; place < size; place++) {
      if (hashes[place] == hash && parents[place] == parent && isName(place, piece)) {
        return place;
      }
    }
    if (size == MOST) {
      return NONE;
    }
    for (int i = 0; i < piece.length(); i++) {
      names.append(piece.charAt(i));
    }
    nameEnds[size] = names.length();
    hashes[size] = hash;
    parents[size] = parent;
    return size++;
  }

  private boolean isName(int place, PathPieces piece) {
    int from = nameEnds[place - 1];
    if (nameEnds[place] - from != piece.length()) {
      return false;
    }
    for (int i = 0; i < piece.length(); i++) {
      if (names.charAt(from + i) != piece.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private void add(int place, int from, int to) {
    if (nextGreatest[place] == NONE) {
      nextLeast[place] = from;
      nextGreatest[place] = to;
    } else {
      nextLeast[place] = Math.min(nextLeast[place], from);
      nextGreatest[place] = Math.max(nextGreatest[place], to);
    }
  }

  /** Ends a move. */
  void moved() {
    int[] least = this.least;
    int[] greatest = this.greatest;
    this.least = nextLeast;
    this.greatest = nextGreatest;
    nextLeast = least;
    nextGreatest = greatest;
    Arrays.fill(nextGreatest, 0, size, NONE);
  }

  /** The path may end here. */
  void mayEnd() {
    for (int place = 0; place < size; place++) {
      ends[place] |= isHeld(place);
    }
  }

  /** Returns whether the path may have ended at or above this place. */
  boolean isEnd(int place) {
    return ends[place];
  }

  /** Returns the path of a place; {@code /} for the root. */
  String path(int place) {
    if (place == ROOT) {
      return "/";
    }
    String name = "/" + names.substring(nameEnds[place - 1], nameEnds[place]);
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
}
