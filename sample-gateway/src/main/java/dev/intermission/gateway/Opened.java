package dev.intermission.gateway;

import java.util.ArrayDeque;
import java.util.Deque;

/** The resources that were opened, to be closed in the opposite order. */
final class Opened implements AutoCloseable {

  /** Closes a resource; an exception means that it could not be closed. */
  @FunctionalInterface
  interface Close {
    void close();
  }

  private final Deque<Close> closes = new ArrayDeque<>();

  void add(Close close) {
    closes.push(close);
  }

  /** Closes all resources, even if closing some of them fails; throws one exception at the end. */
  @Override
  public void close() {
    if (!closes.isEmpty()) {
      try {
        closes.pop().close();
      } finally {
        close();
      }
    }
  }

  /**
   * Closes all resources after a failure; failures of closing are added to it as suppressed
   * exceptions.
   */
  void closeAfter(Throwable failure) {
    try {
      close();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }
}
