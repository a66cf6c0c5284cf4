package dev.intermission.gate;

import java.util.concurrent.atomic.LongAdder;

/**
 * What became of the requests to an API since it was closed. A request is counted without a lock;
 * threads that count at the same time use cells of their own. Thread-safe.
 */
final class ClosureCounts {

  private final LongAdder answers = new LongAdder();
  private final LongAdder admitted = new LongAdder();
  private final LongAdder bypassed = new LongAdder();

  /** Counts a request to the closed API. */
  void count(Passage passage) {
    switch (passage) {
      case CLOSED -> answers.increment();
      case BYPASSED -> bypassed.increment();
      case EXEMPT, EXEMPT_CLIENT, ADMITTED -> admitted.increment();
      case OPEN -> throw new IllegalArgumentException("what is open is not counted");
    }
  }

  long answers() {
    return answers.sum();
  }

  long admitted() {
    return admitted.sum();
  }

  long bypassed() {
    return bypassed.sum();
  }
}
