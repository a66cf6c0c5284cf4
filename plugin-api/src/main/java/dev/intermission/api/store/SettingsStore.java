package dev.intermission.api.store;

import dev.intermission.api.AdmissionSalt;
import dev.intermission.api.ApiProxy;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyCatalog;
import dev.intermission.api.ProxyId;
import dev.intermission.api.ProxyParts;
import dev.intermission.api.SnapshotDelta;
import dev.intermission.api.trace.TraceSettings;
import dev.intermission.api.trafficlog.TrafficLogSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Stores the catalog, the settings and the deployments. Each call is one transaction: it takes
 * effect whole or not at all, and what it changed is durable when it returns. Thread-safe. Every
 * method throws {@link StoreUnavailableException} when the store can't be reached or can't write,
 * having changed nothing. A method that changes something throws {@link UnknownOutcomeException} in
 * the rare case that the store was lost while it committed and can't be asked.
 */
public interface SettingsStore {

  /**
   * Applies a catalog to the store. Definitions take effect at once where they are deployed.
   * Proxies, projects and users that the catalog does not contain are no longer known; their
   * settings and history are kept in case they come back. Proxies new to an environment are
   * deployed there as {@link ProxyCatalog#proxies()} says. May be called again at any time with
   * another catalog; the environments that it changes get a new snapshot version.
   */
  void apply(ProxyCatalog catalog, Author author);

  /** Returns the environments' names. */
  Set<String> environments();

  /** Returns the projects' names. */
  Set<String> projects();

  /** Returns whether there is such a project. */
  boolean projectExists(String project);

  /** Returns the project's proxies, by name. */
  List<ApiProxy> proxies(String project);

  /** Returns the proxy, if there is one. */
  Optional<ApiProxy> proxy(ProxyId id);

  /** Returns the saved settings, or empty if there is no such proxy. */
  Optional<SavedSettings> settings(ProxyId id);

  /**
   * Changes the saved settings and deploys the outcome, in one transaction.
   *
   * @param id the proxy
   * @param change returns the new settings for the saved ones; if it throws, the exception is
   *     passed on and nothing is changed; may be called more than once if transactions collide
   * @param deployTo the deployments to make of the outcome, in this order; each of another
   *     environment
   * @return what is saved now, and the deployments
   * @throws UnknownProxyException if there is no such proxy
   * @throws UnknownEnvironmentException if one of the environments does not exist
   */
  Update update(
      ProxyId id,
      Function<SavedSettings, MaintenanceSettings> change,
      List<DeploymentRequest> deployTo,
      Author author);

  /**
   * Takes the proxy out of the environment.
   *
   * @param condition is called with the saved settings; if it throws, the exception is passed on
   *     and nothing is changed; may be called more than once if transactions collide
   * @return the record of it, or empty if it is not deployed there
   * @throws UnknownProxyException if there is no such proxy
   * @throws UnknownEnvironmentException if there is no such environment
   */
  Optional<Deployment> undeploy(
      ProxyId id, DeploymentRequest request, Consumer<SavedSettings> condition, Author author);

  /** Takes the proxy out of the environment without a condition. */
  default Optional<Deployment> undeploy(ProxyId id, DeploymentRequest request, Author author) {
    return undeploy(id, request, saved -> {}, author);
  }

  /**
   * Does what a change of a proxy would do, and keeps nothing of it: no other call sees anything,
   * and no environment gets a version. The change is refused exactly when the same call would be,
   * unless it would fail to be saved.
   *
   * @param work makes one change of this proxy, with what it is given, and returns what is to be
   *     the {@link Trial#outcome()}; its exceptions are passed on
   */
  <T> Trial<T> tryOut(ProxyId id, Function<ProxyChanges, T> work);

  /**
   * Returns the parts of the proxy that are saved, or empty if there is no such proxy. The salt,
   * which is not of a proxy, is none of them.
   */
  Optional<ProxyParts> parts(ProxyId id);

  /**
   * Changes the parts of the proxy. Each environment in which it is deployed gets a new version
   * with them; the saved settings, the deployments and the history stay as they are.
   *
   * @param change returns the new parts for the saved ones; if it throws, the exception is passed
   *     on and nothing is changed; may be called more than once if transactions collide
   * @param condition is called with the saved settings before; if it throws, the exception is
   *     passed on and nothing is changed
   * @return the new version of each environment in which the proxy is deployed; empty where nothing
   *     was changed
   * @throws UnknownProxyException if there is no such proxy
   */
  Map<String, Long> updateParts(
      ProxyId id,
      UnaryOperator<ProxyParts> change,
      Consumer<SavedSettings> condition,
      Author author);

  /**
   * Returns the saved settings of the proxy's traffic log by environment, in the order of their
   * names; empty where nothing is saved, or if there is no such proxy.
   */
  SortedMap<String, SavedTrafficLog> trafficLogs(ProxyId id);

  /**
   * Changes the traffic log of the proxy in these environments, all of them or none. Each in which
   * it is deployed gets a new version with it; the saved settings, the deployments and the history
   * stay as they are. What is saved for another environment is in force with the next deployment
   * there.
   *
   * @param change returns the new settings for an environment and what is saved there; if it
   *     throws, the exception is passed on and nothing is changed; may be called more than once if
   *     transactions collide. Settings that are at their default are saved too
   * @return what is saved now, and the new versions
   * @throws UnknownProxyException if there is no such proxy
   * @throws UnknownEnvironmentException if one of the environments does not exist
   */
  TrafficLogUpdate updateTrafficLogs(
      ProxyId id,
      Set<String> environments,
      BiFunction<String, SavedTrafficLog, TrafficLogSettings> change,
      Author author);

  /** Returns the trace settings of the proxy, or empty if there is no such proxy. */
  Optional<ProxyTrace> trace(ProxyId id);

  /**
   * Changes the saved trace settings, and deploys all that is saved, in one transaction. Each
   * deployment, whoever asks for it, puts the saved trace settings in force in their environment,
   * and ends what was in force in another; an undeployment ends it too.
   *
   * @param id the proxy
   * @param change returns the new settings for the saved ones, and is told the saved maintenance
   *     settings, which are deployed as well; if it throws, the exception is passed on and nothing
   *     is changed; may be called more than once if transactions collide
   * @param deployTo the deployments to make, in this order; each of another environment
   * @throws UnknownProxyException if there is no such proxy
   * @throws UnknownEnvironmentException if one of the environments does not exist
   */
  TraceUpdate updateTrace(
      ProxyId id,
      BiFunction<SavedTrace, SavedSettings, NewTrace> change,
      List<DeploymentRequest> deployTo,
      Author author);

  /** Returns the salt that snapshots carry for each proxy that admits a share of clients. */
  AdmissionSalt admissionSalt();

  /**
   * Returns the status of the proxy in each environment, ordered by name; empty if there is no such
   * proxy.
   */
  List<DeploymentStatus> status(ProxyId id);

  /** Returns the {@link #status} of each proxy of the project. */
  Map<ProxyId, List<DeploymentStatus>> statuses(String project);

  /** Returns the time by the store's own clock, which is one for all admin nodes that share it. */
  Instant now();

  /** Returns the number of the newest change of what {@link #overviewSince} tells. */
  long newestChange();

  /**
   * Returns the proxies that changed after the change with this number: all of them if that is 0,
   * if the catalog was applied since, or if there is no such change, which happens after a store
   * was restored from a backup. What changes is what is saved, what is in force, and what a
   * snapshot has of the proxy.
   */
  OverviewChanges overviewSince(long change);

  /** Returns the version of the environment's newest snapshot; 0 for an unknown environment. */
  long version(String environment);

  /**
   * Returns what changed in the environment after the version; everything if that is 0, or later
   * than the newest version, which happens after a store was restored from a backup.
   */
  SnapshotDelta changesSince(String environment, long version);

  /**
   * The result of a change of traffic logs.
   *
   * @param saved what is saved now in each of the environments
   * @param versions the new version of each environment that has another snapshot now
   */
  record TrafficLogUpdate(
      SortedMap<String, SavedTrafficLog> saved, SortedMap<String, Long> versions) {}

  /**
   * The result of an update.
   *
   * @param saved what is saved now
   * @param deployments one for each request, in the same order
   */
  record Update(SavedSettings saved, List<Deployment> deployments) {

    public Update {
      deployments = List.copyOf(deployments);
    }
  }

  /**
   * Trace settings to be saved.
   *
   * @param settings the settings
   * @param anew whether recording is asked for again: the window begins with the next deployment,
   *     also where the settings stay as they are. Settings of another environment always ask for it
   */
  record NewTrace(TraceSettings settings, boolean anew) {}

  /**
   * The result of a change of trace settings.
   *
   * @param trace what is saved now, and what is in force
   * @param deployments one for each request, in the same order
   */
  record TraceUpdate(ProxyTrace trace, List<Deployment> deployments) {

    public TraceUpdate {
      deployments = List.copyOf(deployments);
    }
  }
}
