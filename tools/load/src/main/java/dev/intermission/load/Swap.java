package dev.intermission.load;

/**
 * One deployment of the measured time.
 *
 * @param sent seconds from the start of the measured time
 * @param nanos how long it took until it was acknowledged or refused
 */
record Swap(double sent, long nanos, boolean acknowledged) {

  double ended() {
    return sent + nanos / 1e9;
  }
}
