package dev.intermission.trafficlog.delivery;

import dev.intermission.runtime.BackgroundLoop;
import dev.intermission.runtime.Backoff;
import dev.intermission.runtime.FailureLog;
import dev.intermission.trafficlog.capture.CapturedExchange;
import dev.intermission.trafficlog.connection.LogConnection;
import dev.intermission.trafficlog.connection.LogTarget;
import dev.intermission.trafficlog.record.RecordForm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
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
  private static final int BATCH_RECORDS = 500;
  private static final int BATCH_BYTES = 1 << 20;
  private static final long IDLE_NANOS = Duration.ofSeconds(1).toNanos();
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration LAST_RECORDS = Duration.ofSeconds(5);

  private final String name;
  private final Sink sink;
  private final BackgroundLoop loop;
  private final FailureLog unwritten = new FailureLog(LOG);
  private final Queue<Entry> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger records = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final LongAdder dropped = new LongAdder();
  private final LongAdder delivered = new LongAdder();
  private final CountDownLatch emptied = new CountDownLatch(1);
  private volatile @Nullable Thread idle;
  private volatile boolean closing;

  // Of the thread of the loop alone.
  private final List<byte[]> batch = new ArrayList<>();
  private int taken;
  private long takenBytes;

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

  Delivery(String name, Sink sink) {
    this.name = name;
    this.sink = sink;
    String connection = "The connection '" + name + "' of the traffic log ";
    loop =
        new BackgroundLoop(
            "traffic-log-" + name,
            LOG,
            new BackgroundLoop.Texts(
                connection + "takes no records; they are kept as long as there is room",
                connection + "takes records again"),
            new Backoff(FIRST_PAUSE, LONGEST_PAUSE),
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
    return records.get();
  }

  /** Delivers the record of an exchange later, or drops it. Never blocks. */
  public void offer(CapturedExchange exchange, RecordForm form) {
    long size = exchange.size();
    if (records.incrementAndGet() > MAX_RECORDS) {
      records.decrementAndGet();
      dropped.increment();
      return;
    }
    if (bytes.addAndGet(size) > MAX_BYTES) {
      release(1, size);
      dropped.increment();
      return;
    }
    waiting.add(new Entry(exchange, form, size));
    Thread sleeper = idle;
    if (sleeper != null) {
      LockSupport.unpark(sleeper);
    }
  }

  private void release(int count, long size) {
    records.addAndGet(-count);
    bytes.addAndGet(-size);
  }

  private void step(BackgroundLoop running) throws Exception {
    if (batch.isEmpty()) {
      take();
    }
    if (batch.isEmpty()) {
      if (closing) {
        emptied.countDown();
      }
      sleep();
      return;
    }
    try {
      sink.write(batch);
      delivered.add(batch.size());
      done();
      running.succeeded();
    } catch (RefusedException e) {
      dropped.add(batch.size());
      done();
      throw e;
    }
  }

  private void take() {
    int size = 0;
    while (batch.size() < BATCH_RECORDS && size < BATCH_BYTES) {
      Entry entry = waiting.poll();
      if (entry == null) {
        return;
      }
      try {
        byte[] text = entry.text();
        batch.add(text);
        size += text.length;
        taken++;
        takenBytes += entry.size();
      } catch (RuntimeException e) {
        // Not the exception itself: it may hold a part of what is private.
        release(1, entry.size());
        dropped.increment();
        unwritten.failed("A record was left out: " + e.getClass().getName(), null);
      }
    }
  }

  private void done() {
    release(taken, takenBytes);
    batch.clear();
    taken = 0;
    takenBytes = 0;
  }

  private void sleep() throws InterruptedException {
    idle = Thread.currentThread();
    if (waiting.isEmpty()) {
      LockSupport.parkNanos(this, IDLE_NANOS);
    }
    idle = null;
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  /** Delivers what waits, for 5 seconds at most, and ends. */
  @Override
  public void close() {
    closing = true;
    Thread sleeper = idle;
    if (sleeper != null) {
      LockSupport.unpark(sleeper);
    }
    try {
      if (!emptied.await(LAST_RECORDS.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("{} records did not get to the connection '{}'", records.get(), name);
      }
      loop.close();
      if (loop.awaitEnd(LAST_RECORDS)) {
        sink.close();
      }
    } catch (InterruptedException e) {
      loop.close();
      Thread.currentThread().interrupt();
    }
  }
}
