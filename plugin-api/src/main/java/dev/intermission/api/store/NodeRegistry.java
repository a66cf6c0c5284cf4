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

  /**
   * Saves the last report of each of these nodes, which may be thousands, together with counts of
   * nodes, so that whoever reads a report finds counts that are not older. Counts take the place of
   * those that were told before, unless these have a greater number of the same run.
   */
  void report(Collection<NodeReport> reports, Collection<ToldCounts> counts);

  /** Saves reports alone. */
  default void report(Collection<NodeReport> reports) {
    report(reports, List.of());
  }

  /** Returns the known nodes of the environment, ordered by name. */
  List<NodeStatus> nodes(String environment);

  /** Saves counts alone. */
  default void tellCounts(Collection<ToldCounts> counts) {
    report(List.of(), counts);
  }

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
