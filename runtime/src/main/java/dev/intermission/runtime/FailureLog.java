package dev.intermission.runtime;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Logs something that fails repeatedly: the first failure at once, then at most one line a minute,
 * with the number of failures that were not logged. Thread-safe.
 */
public final class FailureLog {

  private static final long BETWEEN_NANOS = Duration.ofMinutes(1).toNanos();

  private final Logger log;
  private final LongSupplier nanoTime;
  private long next;
  private long leftOut;
  private boolean told;

  /** Writes to this log. */
  public FailureLog(Logger log) {
    this(log, System::nanoTime);
  }

  FailureLog(Logger log, LongSupplier nanoTime) {
    this.log = log;
    this.nanoTime = nanoTime;
    next = nanoTime.getAsLong();
  }

  /**
   * Logs a warning, unless one was logged in the last minute.
   *
   * @param what failed and what it means, as a sentence without a full stop
   * @param cause is logged with its stack trace, if there is one
   */
  public synchronized void failed(String what, @Nullable Throwable cause) {
    long now = nanoTime.getAsLong();
    if (now - next < 0) {
      leftOut++;
      return;
    }
    String text = cause == null ? what : what + ": " + cause;
    if (leftOut > 0) {
      log.warn("{} ({} more times since the last line)", text, leftOut, cause);
    } else {
      log.warn("{}", text, cause);
    }
    next = now + BETWEEN_NANOS;
    leftOut = 0;
    told = true;
  }

  /** Notes a success; returns whether a failure was logged since the last one. */
  public synchronized boolean recovered() {
    boolean wasTold = told;
    told = false;
    return wasTold;
  }
}
