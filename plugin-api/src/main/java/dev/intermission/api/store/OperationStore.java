package dev.intermission.api.store;

import dev.intermission.api.ProxyId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Changes many proxies at once. An operation is one transaction, which takes effect whole or not at
 * all, and gives each environment one new snapshot version. The newest 1,000 operations are kept.
 * Thread-safe. Every method throws as those of {@link SettingsStore} do.
 */
public interface OperationStore {

  /**
   * Changes the saved settings of proxies, and deploys the outcome wherever they are deployed.
   *
   * @throws UnknownEnvironmentException if one of the environments does not exist
   */
  Operation operate(OperationRequest request, Author author);

  /**
   * Gives the proxies of an operation the saved settings back that they had before, and deploys in
   * each environment in which it deployed them what was in force there before. A proxy that is
   * gone, or is not deployed there any more, is left as it is.
   *
   * @param check is called before anything is changed; an exception is passed on, and nothing is
   *     done
   * @return the operation that took it back, or empty if there is no such operation
   */
  Optional<Operation> undo(String id, UndoCheck check, Author author);

  /**
   * Does what {@link #operate} would do, and keeps nothing of it: no other call sees anything, and
   * no environment gets a version. It is refused exactly when the same call would be, unless that
   * would fail to be saved. Writers wait for it as for the operation itself.
   *
   * @return a trial of each proxy that it would change, ordered by project and name
   * @throws UnknownEnvironmentException if one of the environments does not exist
   */
  List<Trial<Operation.Changed>> tryOut(OperationRequest request, Author author);

  /**
   * Does what {@link #undo} would do, and keeps nothing of it, like {@link
   * #tryOut(OperationRequest, Author)}.
   *
   * @return a trial of each proxy that it would change, or empty if there is no such operation
   */
  Optional<List<Trial<Operation.Changed>>> tryUndo(String id, UndoCheck check, Author author);

  /**
   * Returns the newest operations with a proxy in a project that is wanted, the newest first.
   *
   * @param limit the most operations
   */
  List<Operation> operations(Predicate<String> projects, int limit);

  /** Returns the operation, if there is one. */
  Optional<Operation> operation(String id);

  /** Decides whether an operation may be taken back. */
  @FunctionalInterface
  interface UndoCheck {

    /**
     * Throws if it may not.
     *
     * @param changedSince those of its proxies that were changed since, or are gone
     * @param restored those that get back what they had, each with the deployments that are made
     *     for that; a proxy that is deployed nowhere any more is deployed nowhere again
     * @param traces the environments in which these deployments deploy trace settings that were
     *     saved and not deployed; of a proxy without one there is nothing
     */
    void require(
        Operation operation,
        List<Operation.Changed> changedSince,
        List<Operation.Changed> restored,
        Map<ProxyId, List<String>> traces);
  }
}
