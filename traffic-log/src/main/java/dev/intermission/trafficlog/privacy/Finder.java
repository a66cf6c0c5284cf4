package dev.intermission.trafficlog.privacy;

import java.util.List;

/** Finds what is private in a text by what it looks like. */
interface Finder {

  /**
   * A part of a text.
   *
   * @param start its first character
   * @param end the character behind it
   */
  record Range(int start, int end) {}

  /** Returns what it finds, from the left to the right, without overlaps. */
  List<Range> find(String text);
}
