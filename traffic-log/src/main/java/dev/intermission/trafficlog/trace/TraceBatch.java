package dev.intermission.trafficlog.trace;

import dev.intermission.api.trace.TraceRecord;
import dev.intermission.api.trace.TraceReport;
import java.util.ArrayList;
import java.util.List;

/**
 * Records that are next, in their order: as many as go with one report, which are no more than
 * {@value #MOST_BYTES} bytes unless it is a single one. Where a report is never taken, its records
 * go one by one, since it may be for one of them; what comes behind them goes together again. Not
 * thread-safe.
 */
final class TraceBatch {

  static final int MOST_RECORDS = 100;

  static final long MOST_BYTES = TraceReport.MOST_CHARACTERS;

  private final List<Ready> records = new ArrayList<>();
  private long bytes;

  /** How many of the first ones go one by one. */
  private int single;

  /**
   * A record as it is told.
   *
   * @param proxy whose request it tells of
   * @param size how much memory is counted for it
   * @param bytes how long its document is in UTF-8
   */
  record Ready(TraceRecord record, TracedProxy proxy, long size, long bytes) {

    /** What a record takes in memory beside its texts. */
    private static final long OWN_SIZE = 600;

    private static final int LAST_OF_ONE_BYTE = 0x7f;
    private static final int LAST_OF_TWO_BYTES = 0x7ff;
    private static final int LATIN = 0xff;

    static Ready of(TraceRecord record, TracedProxy proxy) {
      String document = record.document();
      int highest = document.chars().max().orElse(0);
      long inMemory = highest > LATIN ? 2L * document.length() : document.length();
      String target = record.line().target();
      long ofLine = target == null ? 0 : target.length();
      ofLine += record.line().path().length();
      ofLine += record.line().method().length();
      long utf8 =
          document
              .chars()
              .mapToLong(c -> c <= LAST_OF_ONE_BYTE ? 1 : c <= LAST_OF_TWO_BYTES ? 2 : 3)
              .sum();
      return new Ready(record, proxy, OWN_SIZE + inMemory + 2 * ofLine, utf8);
    }
  }

  /** Returns whether one more belongs to it. */
  boolean hasRoom() {
    return records.size() < MOST_RECORDS && bytes < MOST_BYTES;
  }

  void add(Ready record) {
    records.add(record);
    bytes += record.bytes();
  }

  boolean isEmpty() {
    return records.isEmpty();
  }

  /** Returns how many records there are, with those that go with a later report. */
  int count() {
    return records.size();
  }

  private int fitting() {
    long length = 0;
    int count = 0;
    while (count < Math.min(single > 0 ? 1 : MOST_RECORDS, records.size())) {
      length += records.get(count).bytes();
      if (count > 0 && length > MOST_BYTES) {
        break;
      }
      count++;
    }
    return count;
  }

  /** Returns those of the next report. */
  List<TraceRecord> next() {
    return records.subList(0, fitting()).stream().map(Ready::record).toList();
  }

  /** Removes those of {@link #next}, and returns them. */
  List<Ready> removeNext() {
    List<Ready> next = records.subList(0, fitting());
    List<Ready> gone = List.copyOf(next);
    next.clear();
    gone.forEach(record -> bytes -= record.bytes());
    single = Math.max(0, single - gone.size());
    return gone;
  }

  /** Lets those of {@link #next} go one by one; returns whether it was more than one. */
  boolean splits() {
    int count = fitting();
    if (count > 1) {
      single = count;
    }
    return count > 1;
  }
}
