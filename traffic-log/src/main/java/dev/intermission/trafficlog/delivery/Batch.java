package dev.intermission.trafficlog.delivery;

import java.util.ArrayList;
import java.util.List;

/**
 * Records that are next for a sink, in their order. As many as the sink is likely to take go at
 * once: half as many after each refusal, down to a single one, and twice as many after each
 * success. Not thread-safe.
 */
final class Batch {

  /** The most records of a batch. */
  static final int MAX_RECORDS = 500;

  private static final int MAX_BYTES = 1 << 20;

  private final List<Ready> records = new ArrayList<>();
  private int bytes;
  private int atOnce = MAX_RECORDS;

  /**
   * A record as it is delivered.
   *
   * @param text the JSON object
   * @param size how much memory was counted for it while it waited
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Ready(byte[] text, long size) {}

  /** Returns whether one more belongs to it. */
  boolean hasRoom() {
    return records.size() < MAX_RECORDS && bytes < MAX_BYTES;
  }

  void add(Ready record) {
    records.add(record);
    bytes += record.text().length;
  }

  boolean isEmpty() {
    return records.isEmpty();
  }

  /** Returns how many go at once. */
  int count() {
    return Math.min(atOnce, records.size());
  }

  /** Returns those that go at once. */
  List<byte[]> next() {
    return records.subList(0, count()).stream().map(Ready::text).toList();
  }

  /** Removes those of {@link #next}, which were taken, and returns their size. */
  long taken() {
    int count = count();
    atOnce = Math.min(MAX_RECORDS, 2 * atOnce);
    return remove(count);
  }

  /** Makes {@link #next} smaller, which was refused and has more than one. */
  void halve() {
    atOnce = count() / 2;
  }

  /** Removes the one of {@link #next}, which was refused alone, and returns its size. */
  long refused() {
    return remove(1);
  }

  private long remove(int count) {
    long size = 0;
    List<Ready> gone = records.subList(0, count);
    for (Ready record : gone) {
      size += record.size();
      bytes -= record.text().length;
    }
    gone.clear();
    return size;
  }
}
