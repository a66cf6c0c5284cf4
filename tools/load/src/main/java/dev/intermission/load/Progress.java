package dev.intermission.load;

/** Is told what happens while it happens. */
interface Progress {

  /** Nobody is told. */
  Progress NONE =
      new Progress() {
        @Override
        public void step(String what) {}

        @Override
        public void second(double end, double length, Counts counts) {}
      };

  /** Says in one line what is done now. */
  void step(String what);

  /**
   * Says what was counted in the last second or so.
   *
   * @param end seconds from the start of the span
   * @param length how many seconds were counted
   */
  void second(double end, double length, Counts counts);
}
