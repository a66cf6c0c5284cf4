package dev.intermission.trafficlog.delivery;

import dev.intermission.runtime.BackgroundLoop;
import dev.intermission.runtime.Backoff;
import dev.intermission.runtime.FailureLog;
import dev.intermission.trafficlog.capture.CapturedExchange;
import dev.intermission.trafficlog.connection.LogConnection;
import dev.intermission.trafficlog.connection.LogTarget;
import dev.intermission.trafficlog.record.RecordForm;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the records of one connection, in a thread of its own. What it can't deliver yet it
 * keeps, up to {@value #MAX_RECORDS} records and {@value #MAX_BYTES} bytes; what comes beyond that
 * is dropped and counted. Thread-safe.
 */
public final class Delivery implements AutoCloseable {

  /** The most records that wait. */
  public static final int MAX_RECORDS = 50_000;

  /** The most memory that records take while they wait, in bytes. */
  public static final long MAX_BYTES = 32L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
  private static final long IDLE_NANOS = Duration.ofSeconds(1).toNanos();
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration LAST_RECORDS = Duration.ofSeconds(5);
  private static final Duration LAST_WRITE = Duration.ofSeconds(1);

  private final String name;
  private final Sink sink;
  private final Duration timeForLast;
  private final BackgroundLoop loop;
  private final FailureLog leftOut = new FailureLog(LOG);
  private final Backlog backlog = new Backlog();
  private final LongAdder dropped = new LongAdder();
  private final LongAdder delivered = new LongAdder();
  private final CountDownLatch emptied = new CountDownLatch(1);
  private volatile @Nullable Thread idle;
  private volatile boolean isClosed;

  /** When the time for the last records is over, or null as long as more come. */
  private final AtomicReference<@Nullable Long> end = new AtomicReference<>();

  /** Of the thread of the loop alone. */
  private final Batch batch = new Batch();

  /**
   * Begins to deliver.
   *
   * @param secrets the values of a webhook's secret fields, by the names of the fields
   */
  public static Delivery to(LogConnection connection, Map<String, String> secrets) {
    return new Delivery(connection.name(), sink(connection.target(), secrets));
  }

  private static Sink sink(LogTarget target, Map<String, String> secrets) {
    if (target instanceof LogTarget.RollingFile file) {
      return new FileSink(file);
    }
    return target instanceof LogTarget.Webhook webhook
        ? new WebhookSink(webhook, secrets)
        : new OutputSink();
  }

  private Delivery(String name, Sink sink) {
    this(name, sink, new Backoff(FIRST_PAUSE, LONGEST_PAUSE), LAST_RECORDS);
  }

  /**
   * @param pauses after failures of the sink
   * @param timeForLast how long the last records may take
   */
  Delivery(String name, Sink sink, Backoff pauses, Duration timeForLast) {
    this.name = name;
    this.sink = sink;
    this.timeForLast = timeForLast;
    String connection = "The connection '" + name + "' of the traffic log ";
    loop =
        new BackgroundLoop(
            "traffic-log-" + name,
            LOG,
            new BackgroundLoop.Texts(
                connection + "takes no records; they are kept as long as there is room",
                connection + "takes records again"),
            pauses,
            this::step);
    loop.start();
  }

  /** Returns the name of the connection. */
  public String name() {
    return name;
  }

  /** Returns how many records were dropped so far. */
  public long dropped() {
    return dropped.sum();
  }

  /** Returns how many records were delivered so far. */
  public long delivered() {
    return delivered.sum();
  }

  /** Returns how many records wait. */
  public int waiting() {
    return backlog.count();
  }

  /** Delivers the record of an exchange later, or drops it. Never blocks. */
  public void offer(CapturedExchange exchange, RecordForm form) {
    if (isClosed || !backlog.add(new Entry(exchange, form, exchange.size()))) {
      dropped.increment();
    } else {
      wake();
    }
  }

  private void wake() {
    Thread sleeper = idle;
    if (sleeper != null) {
      LockSupport.unpark(sleeper);
    }
  }

  private void step(BackgroundLoop running) throws Exception {
    if (batch.isEmpty()) {
      take();
    }
    if (!batch.isEmpty()) {
      send(running);
      return;
    }
    if (end.get() != null) {
      emptied.countDown();
    }
    sleep();
  }

  private void take() {
    while (batch.hasRoom()) {
      Entry entry = backlog.poll();
      if (entry == null) {
        return;
      }
      try {
        batch.add(new Batch.Ready(entry.text(), entry.size()));
      } catch (RuntimeException | StackOverflowError e) {
        // Not the exception itself: it may hold a part of what is private.
        leaveOut(entry.size(), "it can't be written: " + e.getClass().getName());
      } catch (Error e) {
        leaveOut(entry.size(), "it can't be written: " + e.getClass().getName());
        throw e;
      }
    }
  }

  private void send(BackgroundLoop running) throws IOException, InterruptedException {
    int count = batch.count();
    try {
      sink.write(batch.next());
    } catch (RefusedException e) {
      // It may be for the size, or for one of them: the others are to get there.
      if (count > 1) {
        batch.halve();
      } else {
        leaveOut(batch.refused(), e.getMessage());
      }
      return;
    }
    delivered.add(count);
    backlog.release(count, batch.taken());
    running.succeeded();
  }

  private void leaveOut(long size, @Nullable String why) {
    backlog.release(1, size);
    dropped.increment();
    leftOut.failed("A record of the traffic log for '" + name + "' was left out: " + why, null);
  }

  private void sleep() throws InterruptedException {
    idle = Thread.currentThread();
    if (backlog.isEmpty()) {
      LockSupport.parkNanos(this, IDLE_NANOS);
    }
    idle = null;
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  /**
   * Says that no more records come; the 5 seconds for the last ones begin. Does not wait, so that
   * several can be told before the first one is closed.
   */
  public void finish() {
    if (end.compareAndSet(null, System.nanoTime() + timeForLast.toNanos())) {
      loop.hurry();
      wake();
    }
  }

  /** Delivers what waits, for 5 seconds at most, and ends. What is left then is dropped. */
  @Override
  public void close() {
    finish();
    long last = Objects.requireNonNull(end.get());
    long untilEnd = last - System.nanoTime();
    try {
      boolean isEmpty = emptied.await(untilEnd, TimeUnit.NANOSECONDS);
      LOG.debug("All records got to '{}': {}", name, isEmpty);
      isClosed = true;
      loop.close();
      boolean isOver = loop.awaitEnd(Duration.ofNanos(last - System.nanoTime()).plus(LAST_WRITE));
      dropRest();
      if (isOver) {
        sink.close();
      }
    } catch (InterruptedException e) {
      loop.close();
      Thread.currentThread().interrupt();
    }
  }

  private void dropRest() {
    int rest = backlog.giveUp();
    if (rest > 0) {
      dropped.add(rest);
      LOG.warn("{} records did not get to the connection '{}' of the traffic log", rest, name);
    }
  }
}
