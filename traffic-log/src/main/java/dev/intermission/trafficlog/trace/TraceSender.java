package dev.intermission.trafficlog.trace;

import dev.intermission.api.ProxyId;
import dev.intermission.api.trace.TraceReport;
import dev.intermission.runtime.BackgroundLoop;
import dev.intermission.runtime.Backoff;
import dev.intermission.runtime.FailureLog;
import dev.intermission.trafficlog.capture.CaptureMemory;
import dev.intermission.trafficlog.capture.CapturedExchange;
import dev.intermission.trafficlog.privacy.PrivacyRules;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the records of exchanges and hands them on, in a thread of its own. What can't be handed
 * on yet it keeps, as long as there is memory. Thread-safe.
 */
final class TraceSender implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TraceSender.class);

  /** A pause in which more comes for one report; whoever watches does not wait long either. */
  private static final long BETWEEN_REPORTS_NANOS = Duration.ofMillis(250).toNanos();

  private static final long IDLE_NANOS = Duration.ofSeconds(1).toNanos();
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  /** How often a report is told that fails where it should be kept. */
  private static final int MOST_FAULTS = 5;

  private static final Duration LAST_RECORDS = Duration.ofSeconds(3);
  private static final Duration LAST_REPORT = Duration.ofSeconds(1);

  private final Consumer<TraceReport> to;
  private final DroppedRequests dropped;
  private final CaptureMemory memory;
  private final UnaryOperator<TracedProxy> latest;
  private final Queue<RecordedExchange> waiting = new ConcurrentLinkedQueue<>();
  private final FailureLog leftOut = new FailureLog(LOG);
  private final BackgroundLoop loop;
  private final CountDownLatch emptied = new CountDownLatch(1);
  private volatile @Nullable Thread idle;
  private volatile boolean isStarted;
  private volatile boolean isEnding;
  private volatile boolean isClosed;

  /** Of the thread of the loop alone. */
  private final TraceBatch batch = new TraceBatch();

  private int faults;

  /**
   * @param latest returns what is known of a proxy now
   */
  TraceSender(
      Consumer<TraceReport> to,
      DroppedRequests dropped,
      long mostBytes,
      UnaryOperator<TracedProxy> latest) {
    this.to = to;
    this.latest = latest;
    this.dropped = dropped;
    memory = new CaptureMemory(mostBytes);
    loop =
        new BackgroundLoop(
            "trace-sender",
            LOG,
            new BackgroundLoop.Texts(
                "No admin node takes the records of requests; they are kept as long as there is room",
                "An admin node takes the records of requests again"),
            new Backoff(FIRST_PAUSE, LONGEST_PAUSE),
            this::step);
  }

  /** Begins; to be called once. */
  void start() {
    isStarted = true;
    loop.start();
  }

  /** Hands the record of an exchange on later; returns false if there is no room for it. */
  boolean offer(CapturedExchange exchange, TracedProxy proxy) {
    long size = exchange.size();
    if (isClosed || !memory.take(size)) {
      return false;
    }
    waiting.add(new RecordedExchange(exchange, proxy, size));
    wake();
    return true;
  }

  private void wake() {
    Thread sleeper = idle;
    if (sleeper != null) {
      LockSupport.unpark(sleeper);
    }
  }

  private void step(BackgroundLoop running) throws InterruptedException {
    fill();
    Map<ProxyId, Long> news = dropped.news();
    if (batch.isEmpty() && news.isEmpty()) {
      if (isEnding) {
        emptied.countDown();
      }
      sleep();
      return;
    }
    try {
      to.accept(new TraceReport(batch.next(), news));
    } catch (IllegalArgumentException e) {
      refused(e);
      return;
    } catch (IllegalStateException e) {
      // No outage: it may be for one of the records, and would hold all others back.
      faults++;
      if (faults < MOST_FAULTS || batch.isEmpty()) {
        throw e;
      }
      refused(e);
      return;
    }
    faults = 0;
    dropped.told(news);
    boolean wasFull = !batch.hasRoom();
    batch.removeNext().forEach(record -> memory.give(record.size()));
    running.succeeded();
    if (!wasFull && batch.isEmpty() && !isEnding) {
      TimeUnit.NANOSECONDS.sleep(BETWEEN_REPORTS_NANOS);
    }
  }

  /** It is never taken. If it has several records, only one of them may be the cause. */
  private void refused(RuntimeException why) {
    if (batch.isEmpty()) {
      throw why;
    }
    faults = 0;
    if (!batch.splits()) {
      leftOut.failed("A record of a request was left out, since no admin node takes it", why);
      for (TraceBatch.Ready record : batch.removeNext()) {
        memory.give(record.size());
        record.proxy().drop();
      }
    }
  }

  private void fill() {
    while (batch.hasRoom()) {
      RecordedExchange next = waiting.poll();
      if (next == null) {
        return;
      }
      TraceBatch.@Nullable Ready ready = null;
      try {
        ready = ready(next);
      } catch (RuntimeException | StackOverflowError e) {
        // Not the exception itself: it may hold a part of what is private.
        leftOut.failed(
            "A record of a request was left out, since it can't be written: "
                + e.getClass().getName(),
            null);
      } finally {
        // The document takes the place of the exchange.
        memory.give(next.size());
        if (ready != null && memory.take(ready.size())) {
          batch.add(ready);
        } else {
          next.proxy().drop();
        }
      }
    }
  }

  /** Returns a record as it is told; null if nothing may be told by what is in force now. */
  private TraceBatch.@Nullable Ready ready(RecordedExchange next) {
    CapturedExchange exchange = next.exchange();
    PrivacyRules rules = latest.apply(next.proxy()).privacy(exchange.method());
    return rules == null
        ? null
        : TraceBatch.Ready.of(TraceWriter.write(exchange, next.proxy().id(), rules), next.proxy());
  }

  private void sleep() throws InterruptedException {
    idle = Thread.currentThread();
    if (waiting.isEmpty() && !(isEnding && emptied.getCount() > 0)) {
      LockSupport.parkNanos(this, IDLE_NANOS);
    }
    idle = null;
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  /** Says that no more records come; {@link #close} is to follow. Does not wait. */
  void finish() {
    isEnding = true;
    loop.hurry();
    wake();
  }

  /** Hands on what waits, for 3 seconds at most, and ends. What is left then is lost. */
  @Override
  public void close() {
    finish();
    if (!isStarted) {
      isClosed = true;
      return;
    }
    try {
      boolean isEmpty = emptied.await(LAST_RECORDS.toNanos(), TimeUnit.NANOSECONDS);
      isClosed = true;
      loop.close();
      boolean isOver = loop.awaitEnd(LAST_REPORT);
      if (!isEmpty) {
        int left = waiting.size() + (isOver ? batch.count() : 0);
        LOG.warn("{} records of requests did not get to an admin node", left);
      }
    } catch (InterruptedException e) {
      loop.close();
      Thread.currentThread().interrupt();
    }
  }
}
