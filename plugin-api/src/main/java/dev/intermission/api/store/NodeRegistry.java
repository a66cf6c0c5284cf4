package dev.intermission.api.store;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * What is known of the nodes, shared by all admin nodes. Thread-safe. Every method throws {@link
 * StoreUnavailableException} when the store can't be reached or can't write, having changed
 * nothing.
 */
public interface NodeRegistry {

  /** Takes reports, the last of each node; made to be called for thousands at a time. */
  void report(Collection<NodeReport> reports);

  /** Returns the nodes that ever reported of the environment, by name. */
  List<NodeStatus> nodes(String environment);

  /**
   * Forgets a node, which said that it follows the environment no more; does nothing if unknown.
   */
  void remove(String environment, String name);

  /**
   * Forgets the nodes whose last report is older than this, by the clock of the store.
   *
   * @return how many were forgotten
   */
  int forget(Duration age);
}
