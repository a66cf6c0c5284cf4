package dev.intermission.api.store;

import dev.intermission.api.ProxyId;
import dev.intermission.api.store.SettingsStore.Update;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The records of a proxy's deployments and undeployments. What is in force does not depend on them,
 * so any of them may be deleted. Each deployment drops the oldest records beyond a configured
 * number, except those that are persistent or in force in an environment. Each call is one
 * transaction, durable when it returns. Thread-safe. Throws the same exceptions as {@link
 * SettingsStore}.
 */
public interface DeploymentHistory {

  /** Returns all records of the proxy, the newest first; none if there is no such proxy. */
  List<Deployment> deployments(ProxyId id);

  /** Returns the record with this revision, if there is one. */
  Optional<Deployment> deployment(ProxyId id, long revision);

  /**
   * Deletes a record.
   *
   * @param condition is called with the saved settings if there is such a record; if it throws, the
   *     exception is passed on and nothing is deleted
   * @return whether there was one with this revision
   */
  boolean delete(ProxyId id, long revision, Consumer<SavedSettings> condition, Author author);

  /** Deletes a record without a condition. */
  default boolean delete(ProxyId id, long revision, Author author) {
    return delete(id, revision, saved -> {}, author);
  }

  /**
   * Saves the settings of a record again, and deploys them, in one transaction.
   *
   * @param deployTo the deployments to make, in this order; each of another environment
   * @param condition is called with the saved settings; if it throws, the exception is passed on
   *     and nothing is changed; may be called more than once if transactions collide
   * @return what is saved now and the deployments, or empty if there is no record with this
   *     revision
   * @throws UnknownProxyException if there is no such proxy
   * @throws UnknownEnvironmentException if one of the environments does not exist
   */
  Optional<Update> rollBack(
      ProxyId id,
      long revision,
      List<DeploymentRequest> deployTo,
      Consumer<SavedSettings> condition,
      Author author);

  /** Rolls back without a condition. */
  default Optional<Update> rollBack(
      ProxyId id, long revision, List<DeploymentRequest> deployTo, Author author) {
    return rollBack(id, revision, deployTo, saved -> {}, author);
  }
}
