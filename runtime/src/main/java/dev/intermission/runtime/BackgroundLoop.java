package dev.intermission.runtime;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;

/**
 * A daemon thread that does one step again and again until it is closed. Every exception or error
 * of a step is logged, at most once a minute, and the thread continues after a growing pause.
 *
 * <p>Every background thread of Intermission is one of these. An example: a step that reads the
 * store and calls {@link #succeeded} each time that it could. When the database is gone, the log
 * gets the text for a failure with its cause, again each minute; the step is tried after 0.1 s, 0.2
 * s, 0.4 s and so on; and when a step succeeds again, the log gets the text for the recovery, and
 * the next failure begins with the shortest pause.
 */
public final class BackgroundLoop implements AutoCloseable {

  /** The step that is repeated on the thread of the loop. */
  @FunctionalInterface
  public interface Step {

    /**
     * Does the step once, and calls {@link BackgroundLoop#succeeded} if it worked. The next step
     * follows at once, so a step has to wait until there is something to do.
     *
     * @throws InterruptedException when the loop is closed while it waits
     */
    void run(BackgroundLoop loop) throws Exception;
  }

  /**
   * What is logged.
   *
   * @param failure what a failed step means to an operator, as a sentence without a full stop
   * @param recovery what the first success after a failure means, in the same form
   */
  public record Texts(String failure, String recovery) {}

  private static final Duration AFTER_SILENCE = Duration.ofSeconds(1);

  private final Logger log;
  private final Texts texts;
  private final Backoff pauses;
  private final Step step;
  private final FailureLog failures;
  private final Thread thread;
  private final Semaphore hurry = new Semaphore(0);
  private volatile boolean closed;

  /**
   * Makes a loop that does not run yet.
   *
   * @param name the thread's name
   * @param pauses after steps that failed; this loop alone uses it
   */
  public BackgroundLoop(String name, Logger log, Texts texts, Backoff pauses, Step step) {
    this.log = log;
    this.texts = texts;
    this.pauses = pauses;
    this.step = step;
    failures = new FailureLog(log);
    thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  /** Begins; to be called once. */
  public void start() {
    thread.start();
  }

  private void run() {
    while (!closed) {
      try {
        attempt();
      } catch (InterruptedException e) {
        // If the loop is closed, it ends here; otherwise the interrupt was not meant for it.
        log.debug("{} was interrupted", thread.getName(), e);
      } catch (Throwable e) {
        // Even logging failed, for instance because there is no memory left.
        LockSupport.parkNanos(AFTER_SILENCE.toNanos());
      }
    }
  }

  private void attempt() throws InterruptedException {
    try {
      step.run(this);
    } catch (InterruptedException e) {
      throw e;
    } catch (Throwable e) {
      if (!closed) {
        failures.failed(texts.failure(), e);
        pause();
      }
    }
  }

  private void pause() throws InterruptedException {
    Duration pause = pauses.next(ThreadLocalRandom.current());
    if (hurry.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS)) {
      pauses.reset();
    }
  }

  /**
   * Ends the pause after a failure, now or as soon as it begins; the next one is the shortest. A
   * step in progress is not interrupted.
   */
  public void hurry() {
    hurry.release();
  }

  /** Reports that a step has succeeded; called by the step. */
  public void succeeded() {
    pauses.reset();
    if (failures.recovered()) {
      log.info("{}", texts.recovery());
    }
  }

  /** Returns whether {@link #close} was called. */
  public boolean isClosed() {
    return closed;
  }

  /** Ends the loop. A step in progress is interrupted; this method does not wait for it. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  /**
   * Waits for the end after {@link #close}.
   *
   * @return whether the thread has ended
   * @throws InterruptedException if the calling thread is interrupted while it waits
   */
  public boolean awaitEnd(Duration longest) throws InterruptedException {
    thread.join(Math.max(1, longest.toMillis()));
    return !thread.isAlive();
  }
}
