package dev.intermission.admin.overview;

import dev.intermission.api.ProxyCounts;
import dev.intermission.api.ProxyId;
import dev.intermission.feed.server.CountedRequests;
import dev.intermission.feed.server.HeardCounts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The requests to a closed proxy at all live gateways, in the form of an answer (contract section
 * 9).
 *
 * @param inFlight those in flight that passed because it was open; null if a gateway does not tell
 * @param letIn those in flight that were let in on purpose; null if a gateway does not tell
 */
record CountedAtNodes(
    @Nullable Integer inFlight,
    @Nullable Integer letIn,
    CountedRequests lastMinute,
    CountedRequests sinceClosure) {

  /**
   * Adds up what these gateways have told; null stands for one that has told nothing.
   *
   * @param nanos when, by the monotonic clock
   */
  static CountedAtNodes of(ProxyId proxy, List<@Nullable HeardCounts> heard, long nanos) {
    int inFlight = 0;
    int letIn = 0;
    boolean isKnown = true;
    boolean isLetInKnown = true;
    CountedRequests lastMinute = CountedRequests.NONE;
    CountedRequests sinceClosure = CountedRequests.NONE;
    for (HeardCounts each : heard) {
      if (each == null) {
        isKnown = false;
        isLetInKnown = false;
        continue;
      }
      ProxyCounts told = each.of(proxy);
      isKnown &= each.countsInFlight() && (told != null || each.tellsAllInFlight());
      isLetInKnown &= each.countsInFlight() && (told != null || each.tellsAllLetIn());
      inFlight += told == null ? 0 : told.inFlight();
      letIn += told == null ? 0 : told.letIn();
      lastMinute = lastMinute.plus(each.inTheLastMinute(proxy, nanos));
      sinceClosure = sinceClosure.plus(each.sinceClosure(proxy));
    }
    return new CountedAtNodes(
        isKnown ? Integer.valueOf(inFlight) : null,
        isLetInKnown ? Integer.valueOf(letIn) : null,
        lastMinute,
        sinceClosure);
  }
}
