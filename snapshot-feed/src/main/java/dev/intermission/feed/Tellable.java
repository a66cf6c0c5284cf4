package dev.intermission.feed;

import dev.intermission.api.NodeCounts;
import dev.intermission.api.ProxyCounts;
import java.util.Comparator;
import java.util.List;

/**
 * As much of what a node counts as one report holds. Those that matter most come first: with the
 * most requests in flight, and then with the most that were let in. So a reader knows of those that
 * are left out that they have none, if one that is told has none.
 */
final class Tellable {

  private static final Comparator<ProxyCounts> MOST_FIRST =
      Comparator.comparingInt(ProxyCounts::inFlight)
          .thenComparingInt(ProxyCounts::letIn)
          .reversed();

  /**
   * A report also names those whose counts are gone, which are among those that were told before.
   */
  private static final int MOST_BYTES = CountsReport.MOST_BYTES / 2 - 1_000;

  /** At most, beside the names. */
  private static final int BYTES_OF_ONE = 220;

  private static final int BYTES_OF_AN_ESCAPE = 6;

  private Tellable() {}

  /** Returns as many of the counts as a report holds. */
  static NodeCounts of(NodeCounts counts) {
    if (fitting(counts.proxies()) == counts.proxies().size()) {
      return counts;
    }
    List<ProxyCounts> most = counts.proxies().stream().sorted(MOST_FIRST).toList();
    return new NodeCounts(
        counts.version(), counts.countsInFlight(), most.subList(0, fitting(most)), false);
  }

  /** Returns how many fit in, from the first one on. */
  private static int fitting(List<ProxyCounts> proxies) {
    int bytes = 0;
    int fitting = 0;
    for (ProxyCounts each : proxies) {
      bytes += BYTES_OF_ONE + bytes(each.proxy().project()) + bytes(each.proxy().name());
      if (bytes > MOST_BYTES || fitting == NodeCounts.MOST_PROXIES) {
        break;
      }
      fitting++;
    }
    return fitting;
  }

  /** Returns how many bytes a name takes in JSON, at most. */
  private static int bytes(String name) {
    int bytes = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean isPlain = c >= ' ' && c < 0x80 && c != '"' && c != '\\';
      bytes += isPlain ? 1 : BYTES_OF_AN_ESCAPE;
    }
    return bytes;
  }
}
