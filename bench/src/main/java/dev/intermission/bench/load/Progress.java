package dev.intermission.bench.load;

/** Is told what happens while it happens. */
interface Progress {

  /** Says in one line what is done now. */
  void step(String what);

  /**
   * Says what was counted in the last second or so.
   *
   * @param end seconds from the start of the measured time
   * @param length how many seconds were counted
   */
  void second(double end, double length, Counts counts);
}
