package dev.intermission.load;

/** Receives the progress of a run. */
interface Progress {

  /** Ignores the progress. */
  Progress NONE =
      new Progress() {
        @Override
        public void step(String what) {}

        @Override
        public void second(double end, double length, Counts counts) {}
      };

  /** Reports in one line what is being done now. */
  void step(String what);

  /**
   * Reports what was counted in about the last second.
   *
   * @param end seconds from the start of the span
   * @param length how many seconds were counted
   */
  void second(double end, double length, Counts counts);
}
