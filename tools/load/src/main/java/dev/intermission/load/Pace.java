package dev.intermission.load;

/** Decides when requests are sent. */
interface Pace {

  /**
   * Sends requests until the span is over, and returns when all of them have ended.
   *
   * @throws InterruptedException if it has to stop at once
   */
  void run() throws InterruptedException;
}
