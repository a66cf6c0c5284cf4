package dev.intermission.feed.server;

import dev.intermission.api.ProxyCounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The counts of a closed proxy at one node as they were at the end of each slot of ten seconds in
 * the last minute, as far as they changed. Immutable.
 */
final class RecentCounts {

  private static final long SLOT_NANOS = Duration.ofSeconds(10).toNanos();
  private static final int SLOTS = 6;

  /** Counts of a closure that begins. */
  static final RecentCounts NONE = new RecentCounts(List.of());

  private final List<Reading> readings;

  /** The counts that were read last in this slot. */
  private record Reading(long slot, CountedRequests counts) {}

  private RecentCounts(List<Reading> readings) {
    this.readings = List.copyOf(readings);
  }

  /** Returns those of a closure of which it is not known what was counted in the last minute. */
  static RecentCounts from(ProxyCounts counts) {
    return new RecentCounts(List.of(new Reading(Long.MIN_VALUE, CountedRequests.of(counts))));
  }

  /** Returns these with what was read at this time of the monotonic clock. */
  RecentCounts with(ProxyCounts counts, long nanos) {
    long slot = Math.floorDiv(nanos, SLOT_NANOS);
    List<Reading> kept = new ArrayList<>();
    for (int i = 0; i < readings.size(); i++) {
      boolean isPast = i + 1 < readings.size() && readings.get(i + 1).slot() <= slot - SLOTS;
      if (!isPast && readings.get(i).slot() != slot) {
        kept.add(readings.get(i));
      }
    }
    kept.add(new Reading(slot, CountedRequests.of(counts)));
    return new RecentCounts(kept);
  }

  /** Returns what was counted in the minute before this time, or in up to ten seconds more. */
  CountedRequests lastMinute(ProxyCounts now, long nanos) {
    long before = Math.floorDiv(nanos, SLOT_NANOS) - SLOTS;
    CountedRequests base = CountedRequests.NONE;
    for (Reading reading : readings) {
      if (reading.slot() <= before) {
        base = reading.counts();
      }
    }
    return CountedRequests.of(now).since(base);
  }
}
