package dev.intermission.api.store;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What is known of the gateway nodes, shared by all admin nodes. Thread-safe. Every method throws
 * {@link StoreUnavailableException} when the store can't be reached or can't write, having changed
 * nothing.
 */
public interface NodeRegistry {

  /** Saves the last report of each of these nodes, which may be thousands. */
  void report(Collection<NodeReport> reports);

  /** Returns the known nodes of the environment, ordered by name. */
  List<NodeStatus> nodes(String environment);

  /** Saves the counts of these nodes, instead of those that were told before. */
  void tellCounts(Collection<ToldCounts> counts);

  /**
   * Returns the counts of the environment's nodes that have another stamp.
   *
   * @param known the stamps that the caller knows, by node
   */
  List<ToldCounts> counts(String environment, Map<String, Long> known);

  /**
   * Forgets a node that no longer follows the environment; does nothing if the node is not known.
   */
  void remove(String environment, String name);

  /**
   * Forgets the nodes whose last report is older than this, by the clock of the store.
   *
   * @return how many were forgotten
   */
  int forget(Duration age);
}
