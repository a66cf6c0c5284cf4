package dev.intermission.feed.node;

import dev.intermission.runtime.FailureLog;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which admin node is asked, and which is next when that one fails. The first in the list is asked;
 * one that fails goes to the end. For one thread.
 */
final class AdminNodes {

  private static final Logger LOG = LoggerFactory.getLogger(AdminNodes.class);

  private final List<URI> order;
  private final FailureLog losses = new FailureLog(LOG);
  private final FailureLog outages = new FailureLog(LOG);

  /** Why each failed since one answered a request that could wait. */
  private final Map<URI, String> faults = new LinkedHashMap<>();

  private boolean followed;
  private boolean everFollowed;
  private @Nullable String problem = FeedStatus.NOTHING_YET.problem();

  /** Takes them in an order of its own, so that nodes spread over the admin nodes. */
  AdminNodes(List<URI> admins) {
    order = new ArrayList<>(new LinkedHashSet<>(admins));
    Collections.shuffle(order);
  }

  /** Returns the one to ask now. */
  URI current() {
    return order.get(0);
  }

  /** Returns all, the one to ask now first. */
  List<URI> inOrder() {
    return List.copyOf(order);
  }

  /** Returns whether the one to ask now has answered, so that a request may wait for news. */
  boolean isFollowed() {
    return followed;
  }

  /** Returns why none can be followed, or null where one is. */
  @Nullable String problem() {
    return problem;
  }

  /** Notes that the current one answered, and that its node serves this version now. */
  void answered(long version) {
    if (followed) {
      // Not before: one that answers the first question and no other must not count as good.
      faults.clear();
      return;
    }
    followed = true;
    problem = null;
    boolean lossTold = losses.recovered();
    boolean outageTold = outages.recovered();
    if (lossTold || outageTold) {
      LOG.info("Following admin node {} again, at version {}", current(), version);
    } else if (!everFollowed) {
      LOG.info("Following admin node {}, at version {}", current(), version);
    }
    everFollowed = true;
  }

  /**
   * Notes that the current one failed; the next one is to be asked.
   *
   * @param inForce what stays in force, for the log
   * @return whether all have failed, so that it is time for a pause
   */
  boolean failed(String fault, String inForce) {
    URI failed = order.remove(0);
    order.add(failed);
    String text = "admin node " + failed + ": " + fault;
    faults.put(failed, text);
    if (followed) {
      losses.failed("Lost the feed: " + text, null);
    }
    followed = false;
    if (faults.size() < order.size()) {
      return false;
    }
    String all = String.join("; ", faults.values());
    faults.clear();
    problem = all;
    outages.failed("No admin node can be followed; " + inForce + " stays in force. " + all, null);
    return true;
  }
}
