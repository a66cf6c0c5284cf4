package dev.intermission.gateway;

import java.util.ArrayDeque;
import java.util.Deque;

/** What was opened on the way, to be closed in the opposite order. */
final class Opened implements AutoCloseable {

  /** Closes a resource; what it throws is a failure to do so. */
  @FunctionalInterface
  interface Close {
    void close();
  }

  private final Deque<Close> closes = new ArrayDeque<>();

  void add(Close close) {
    closes.push(close);
  }

  /** Closes all, whatever fails; throws one failure at the end. */
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

  /** Closes all after the failure, which gets one of closing as a suppressed one. */
  void closeAfter(Throwable failure) {
    try {
      close();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }
}
