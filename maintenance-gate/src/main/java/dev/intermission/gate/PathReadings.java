package dev.intermission.gate;

import dev.intermission.gate.PathPlaces.Growth;

/**
 * All ways in which any backend may read a path, followed in one pass.
 *
 * <p>Backends differ in what separates segments, and in what they decode, drop and resolve; each
 * such doubt can be read in two ways (SECURITY.md has the table). The number of combinations grows
 * exponentially with the number of doubts, so all readings are followed at once: after each piece
 * of the path, {@link PathPlaces} holds each beginning of a route to which the path may have led,
 * and how many segments that lead to no route may be above it. A piece that can be read in two ways
 * makes both moves. For {@code /open/..%2Fclosed/x}, with a route at {@code /open} and one at
 * {@code /closed}:
 *
 * <pre>
 * piece    may be                          places (segments above them)
 *                                          / (0)
 * open     a name                          /open (0)
 * ..       a dot segment, or in a name     / (0), /open (1)
 * closed   a name, or in the one before    / (1), /open (1 to 2), /closed (0)
 * x        a name                          / (2), /open (2 to 3), /closed (1)
 * </pre>
 *
 * <p>No reading is missed, not even one that reads the same characters differently at two places of
 * the path, as two servers in a row may do. Overlong UTF-8 is the exception: it may join what is on
 * both sides of it, so such a path is read twice, once with the characters and once without them.
 * If a dot segment is in doubt, a reading may be found that no backend has, since only the smallest
 * and the largest number of segments above a place is known. Without such a dot segment a route is
 * found only by its own name. The work is a few steps for each byte, however many doubts and routes
 * there are. A path that would need more work is treated as if it {@linkplain #isAnything could be
 * anything}; only a path whose doubtful dot segments lead from one route to many others is such a
 * path.
 */
final class PathReadings {

  private static final int STEPS_PER_BYTE = 4;

  private final PathPlaces places;
  private final int longest;
  private PathPieces piece;
  private int stepsLeft;

  PathReadings(Prefixes prefixes, String rawPath) {
    piece = new PathPieces(rawPath, true);
    places = new PathPlaces(prefixes);
    longest = prefixes.longest();
    stepsLeft = (rawPath.length() + 1) * STEPS_PER_BYTE;
    readAll();
    if (piece.hadOverlong()) {
      piece = new PathPieces(rawPath, false);
      places.restart();
      readAll();
    }
  }

  private void readAll() {
    boolean parameters = false;
    while (piece.next() && !isAnything()) {
      parameters &= !piece.beginsCertainly();
      read(parameters);
      parameters |= piece.hasParameters();
      if (piece.mayEndPath()) {
        places.mayEnd();
      }
    }
    places.mayEnd();
  }

  /**
   * Moves the places by one piece.
   *
   * @param inParameters whether the piece may belong to the parameters of the one before it
   */
  private void read(boolean inParameters) {
    stepsLeft -= places.count();
    if (piece.empties() > 0) {
      places.mayGrow(piece.empties());
      return;
    }
    if (piece.isCertain() && !piece.isDots() && places.countAt() == 0) {
      places.grow(1 + piece.skipNames());
      return;
    }
    boolean certain = piece.isCertain();
    boolean goesUp = piece.mayGoUp();
    boolean stays = inParameters || piece.mayVanish();
    Growth growth = growth(certain);
    int entered = enter();
    if (piece.text().hasLatin1()) {
      piece.text().takeLatin1();
      enter();
    }
    places.move(goesUp, stays, growth, certain ? entered : 0);
  }

  private Growth growth(boolean certain) {
    if (!piece.beginsCertainly()) {
      return Growth.JOIN;
    }
    return certain && piece.isDots() ? Growth.NONE : Growth.PUSH;
  }

  /** Returns the places from which the piece leads to another one. */
  private int enter() {
    int length = piece.text().length();
    if (length == 0 || piece.isDots() || length >= longest) {
      return 0;
    }
    stepsLeft -= length * places.countAt();
    return places.enter(piece.text());
  }

  /** Returns how many places there are, of which some are {@linkplain #isEnd the end}. */
  int size() {
    return places.size();
  }

  /** Returns whether the path may be at or below this place. */
  boolean isEnd(int place) {
    return places.isEnd(place);
  }

  /** Returns the path of a place, a beginning of a route; {@code /} for the root. */
  String path(int place) {
    return places.path(place);
  }

  /** Returns whether dot segments in doubt may lead above the root. */
  boolean mayLeadAboveRoot() {
    return places.wasAboveRoot();
  }

  /**
   * Returns whether reading stopped before the end of the path, so that it may lead to any route.
   */
  boolean isAnything() {
    return stepsLeft < 0 || places.isIncomplete();
  }
}
