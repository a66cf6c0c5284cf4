package dev.intermission.trafficlog.delivery;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges that wait for their records, and those whose records are on their way, up to {@value
 * Delivery#MAX_RECORDS} and {@value Delivery#MAX_BYTES} bytes. Thread-safe; never blocks.
 */
final class Backlog {

  private final Queue<Entry> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger records = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();

  /** Adds one, if there is room. */
  boolean add(Entry entry) {
    if (records.incrementAndGet() > Delivery.MAX_RECORDS) {
      records.decrementAndGet();
      return false;
    }
    if (bytes.addAndGet(entry.size()) > Delivery.MAX_BYTES) {
      release(1, entry.size());
      return false;
    }
    waiting.add(entry);
    return true;
  }

  /** Returns the next one, which counts until it is {@linkplain #release released}, or null. */
  @Nullable Entry poll() {
    return waiting.poll();
  }

  /** Returns whether none waits. */
  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Returns how many there are, with those on their way. */
  int count() {
    return records.get();
  }

  /** Says that so many are delivered or dropped. */
  void release(int count, long size) {
    records.addAndGet(-count);
    bytes.addAndGet(-size);
  }

  /** Gives all of them up, and returns how many there were. */
  int giveUp() {
    waiting.clear();
    return records.getAndSet(0);
  }
}
