package dev.intermission.runtime;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;

/**
 * A daemon thread that does one step again and again until it is closed. Whatever a step throws,
 * errors too, is logged once a minute at most, and after a pause that grows the thread goes on.
 *
 * <p>Every background thread of Intermission is one of these. An example: a step that reads the
 * store and calls {@link #succeeded} each time that it could. When the database is gone, the log
 * gets the text for a failure with its cause, again each minute; the step is tried after 0.1 s, 0.2
 * s, 0.4 s and so on; and when a step succeeds again, the log gets the text for the recovery, and
 * the next failure begins with the shortest pause.
 */
public final class BackgroundLoop implements AutoCloseable {

  /** What is done again and again, on the thread of the loop. */
  @FunctionalInterface
  public interface Step {

    /**
     * Does it once, and calls {@link BackgroundLoop#succeeded} where that worked. A step that
     * returns is followed by the next one at once, so it waits by itself for something to do.
     *
     * @throws InterruptedException when the loop is closed while it waits
     */
    void run(BackgroundLoop loop) throws Exception;
  }

  /**
   * What is logged.
   *
   * @param failure what it means that a step failed, as a sentence without its full stop
   * @param recovery what it means that one succeeded after that, in the same form
   */
  public record Texts(String failure, String recovery) {}

  private static final Duration AFTER_SILENCE = Duration.ofSeconds(1);

  private final Logger log;
  private final Texts texts;
  private final Backoff pauses;
  private final Step step;
  private final FailureLog failures;
  private final Thread thread;
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
        // The end, if the loop is closed; else an interrupt that was meant for somebody else.
        log.debug("{} was interrupted", thread.getName(), e);
      } catch (Throwable e) {
        // Not even the log could be written, for instance because there is no memory left.
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
        pauses.pause();
      }
    }
  }

  /** Says that a step does its work; for the step to call. */
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

  /** Ends the loop; a step that is under way is interrupted and not waited for. */
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
