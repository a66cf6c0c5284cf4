package dev.intermission.admin.deployment;

import dev.intermission.admin.http.Refusal;
import dev.intermission.admin.http.Warning;
import dev.intermission.api.ProxyId;
import dev.intermission.api.ProxyParts;
import dev.intermission.api.store.Author;
import dev.intermission.api.store.Deployment;
import dev.intermission.api.store.DeploymentHistory;
import dev.intermission.api.store.DeploymentRequest;
import dev.intermission.api.store.SavedSettings;
import dev.intermission.api.store.SavedTrace;
import dev.intermission.api.store.SettingsStore;
import dev.intermission.api.store.SettingsStore.NewTrace;
import dev.intermission.api.store.SettingsStore.TraceUpdate;
import dev.intermission.api.store.Trial;
import dev.intermission.api.store.UnknownEnvironmentException;
import dev.intermission.api.store.UnknownProxyException;
import dev.intermission.feed.server.AdminFeed;
import dev.intermission.feed.server.Propagation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes and deploys settings: one transaction of the store, then the gateways are notified, and
 * the call waits for them. A committed change stays, whatever happens during the wait.
 */
public final class Deployments {

  private static final Logger LOG = LoggerFactory.getLogger(Deployments.class);

  private final SettingsStore store;
  private final DeploymentHistory history;
  private final AdminFeed feed;
  private final ReadableByNodes readable;
  private final CheckedChanges kept;
  private final Duration timeout;

  public Deployments(
      SettingsStore store, DeploymentHistory history, AdminFeed feed, Duration timeout) {
    this.store = store;
    this.history = history;
    this.feed = feed;
    readable = new ReadableByNodes(feed);
    kept = new CheckedChanges(new KeptChanges(store, history), history, readable);
    this.timeout = timeout;
  }

  /** Returns the changes that are kept; {@link #inForce} has to follow what they deploy. */
  public CheckedChanges changes() {
    return kept;
  }

  /**
   * Does a change as it would be done, and keeps nothing of it.
   *
   * @param change makes one change of this proxy, and returns the deployments that it makes; its
   *     exceptions are passed on
   */
  public Trial<List<Deployment>> tryOut(
      ProxyId id, Function<CheckedChanges, List<Deployment>> change) {
    return store.tryOut(id, tried -> change.apply(new CheckedChanges(tried, history, readable)));
  }

  /** Returns the check of what many proxies are to get, for one call and one thread. */
  public ReadableByNodes readableByNodes() {
    return readable.forMany();
  }

  /**
   * Notifies the gateways of committed deployments, and waits for them. All are notified before the
   * first wait, so that they take the deployments at the same time.
   */
  public Deployed inForce(List<Deployment> deployments) {
    long start = System.nanoTime();
    deployments.forEach(deployment -> feed.changed(deployment.environment()));
    List<AtGateways> results = new ArrayList<>();
    for (Deployment deployment : deployments) {
      results.add(
          await(
              deployment.environment(),
              deployment.environmentVersion(),
              deployment.deployed(),
              start));
    }
    return new Deployed(
        deployments, DeploymentResult.of(results, Duration.ofNanos(System.nanoTime() - start)));
  }

  /** Notifies the gateways of these new versions of environments, and waits for them, likewise. */
  public DeploymentResult inForce(SortedMap<String, Long> versions) {
    long start = System.nanoTime();
    versions.keySet().forEach(feed::changed);
    List<AtGateways> results = new ArrayList<>();
    versions.forEach(
        (environment, version) -> results.add(await(environment, version, true, start)));
    return DeploymentResult.of(results, Duration.ofNanos(System.nanoTime() - start));
  }

  /**
   * Changes the parts of a proxy, which needs no deployment.
   *
   * @param change as for {@link SettingsStore#updateParts}; its exceptions are passed on
   * @param condition is called with the saved settings; its exceptions are passed on
   * @return a warning for each environment that has a live gateway which is behind
   * @throws Refusal if there is no such proxy
   */
  public List<Warning> changeParts(
      ProxyId id,
      UnaryOperator<ProxyParts> change,
      Consumer<SavedSettings> condition,
      Author author) {
    Map<String, Long> versions;
    try {
      versions = store.updateParts(id, change, condition, author);
    } catch (UnknownProxyException e) {
      throw Refusal.unknownProxy(id.name());
    }
    return awaitTaken(id, versions);
  }

  /**
   * Changes the trace settings of a proxy, and deploys all that is saved to these environments;
   * {@link #inForce(List)} has to follow.
   *
   * @param change as for {@link SettingsStore#updateTrace}; its exceptions are passed on
   * @param condition is called with the trace settings saved before, once nothing else is against
   *     the change; its exceptions are passed on
   * @throws Refusal if there is no such proxy or environment, or a live gateway can't read the
   *     maintenance settings that are deployed as well
   */
  public TraceUpdate changeTrace(
      ProxyId id,
      Function<SavedTrace, NewTrace> change,
      Consumer<SavedTrace> condition,
      List<DeploymentRequest> deployTo,
      Author author) {
    try {
      return store.updateTrace(
          id,
          (trace, saved) -> {
            NewTrace changed = change.apply(trace);
            readable.require(id, saved.settings(), deployTo);
            condition.accept(trace);
            return changed;
          },
          deployTo,
          author);
    } catch (UnknownEnvironmentException e) {
      throw Refusal.notDeployable(id.name(), e.environment());
    } catch (UnknownProxyException e) {
      throw Refusal.unknownProxy(id.name());
    }
  }

  /**
   * Notifies the gateways of new versions in which the proxy has other parts, and waits for them.
   *
   * @return a warning for each environment that has a live gateway which is behind
   */
  public List<Warning> awaitTaken(ProxyId id, Map<String, Long> versions) {
    long start = System.nanoTime();
    versions.keySet().forEach(feed::changed);
    List<Warning> warnings = new ArrayList<>();
    versions.forEach(
        (environment, version) -> behind(id, environment, version, start).ifPresent(warnings::add));
    return warnings;
  }

  private Optional<Warning> behind(ProxyId id, String environment, long version, long start) {
    try {
      Propagation propagation = feed.awaitServed(environment, version, left(start));
      return propagation.complete()
          ? Optional.empty()
          : Optional.of(
              behind(
                  "Gateways of "
                      + environment
                      + " did not take it within "
                      + timeout.toMillis()
                      + " ms and will when they are back: "
                      + String.join(", ", propagation.behind())
                      + "."));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(
          behind("The wait for the gateways of " + environment + " was interrupted."));
    } catch (RuntimeException e) {
      // The change is committed; an error would tell the client that it is not.
      LOG.error(
          "Could not find out which gateways of {} serve version {}, with changed parts of {}",
          environment,
          version,
          id,
          e);
      return Optional.of(
          behind("Which gateways of " + environment + " have taken it is not known."));
    }
  }

  private static Warning behind(String message) {
    return new Warning("GATEWAYS_BEHIND", message);
  }

  private Duration left(long start) {
    return Duration.ofNanos(Math.max(0, timeout.toNanos() - (System.nanoTime() - start)));
  }

  private AtGateways await(String environment, long version, boolean deployed, long start) {
    AtGateways.Words words = AtGateways.Words.of(deployed, environment, timeout);
    try {
      feed.awaitServed(environment, version, left(start));
      return AtGateways.of(
          feed.nodes(environment), version, Duration.ofNanos(System.nanoTime() - start), words);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return AtGateways.unknown(words, "the wait for the gateways was interrupted");
    } catch (RuntimeException e) {
      // The change is committed; an error would tell the client that it is not.
      LOG.error(
          "Could not find out which gateways of {} serve version {}", environment, version, e);
      return AtGateways.unknown(words, "which gateways serve it is not known");
    }
  }
}
