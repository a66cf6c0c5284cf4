package dev.intermission.admin.deployment;

import dev.intermission.admin.http.Refusal;
import dev.intermission.admin.http.Warning;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import dev.intermission.api.ProxyParts;
import dev.intermission.api.store.Author;
import dev.intermission.api.store.Deployment;
import dev.intermission.api.store.DeploymentRequest;
import dev.intermission.api.store.SavedSettings;
import dev.intermission.api.store.SettingsStore;
import dev.intermission.api.store.UnknownEnvironmentException;
import dev.intermission.api.store.UnknownProxyException;
import dev.intermission.feed.server.AdminFeed;
import dev.intermission.feed.server.Propagation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes and deploys settings: one transaction of the store, then the gateways are notified, and
 * the call waits for them. A committed change stays, whatever happens during the wait.
 */
public final class Deployments {

  private static final Logger LOG = LoggerFactory.getLogger(Deployments.class);

  private final SettingsStore store;
  private final AdminFeed feed;
  private final ReadableByNodes readable;
  private final Duration timeout;

  public Deployments(SettingsStore store, AdminFeed feed, Duration timeout) {
    this.store = store;
    this.feed = feed;
    readable = new ReadableByNodes(feed);
    this.timeout = timeout;
  }

  /**
   * The result of a change.
   *
   * @param saved what is saved now
   * @param deployed the deployments, or null if there were none
   */
  public record Changed(SavedSettings saved, @Nullable Deployed deployed) {}

  /**
   * Changes the saved settings and deploys them to these environments, or changes nothing.
   *
   * @param change as for {@link SettingsStore#update}; its exceptions are passed on
   * @throws Refusal if there is no such proxy or environment, or a live gateway can't read the
   *     settings
   */
  public Changed change(
      ProxyId id,
      Function<SavedSettings, MaintenanceSettings> change,
      List<DeploymentRequest> deployTo,
      Author author) {
    SettingsStore.Update update;
    try {
      update = store.update(id, readably(id, change, deployTo), deployTo, author);
    } catch (UnknownEnvironmentException e) {
      throw Refusal.notDeployable(id.name(), e.environment());
    } catch (UnknownProxyException e) {
      throw Refusal.unknownProxy(id.name());
    }
    return new Changed(
        update.saved(), update.deployments().isEmpty() ? null : inForce(update.deployments()));
  }

  /**
   * Deploys the saved settings, like {@link #change}.
   *
   * @param condition is called with them; its exceptions are passed on
   */
  public Deployed deploy(
      ProxyId id, DeploymentRequest request, Consumer<SavedSettings> condition, Author author) {
    Function<SavedSettings, MaintenanceSettings> unchanged =
        saved -> {
          condition.accept(saved);
          return saved.settings();
        };
    try {
      return inForce(
          store
              .update(id, readably(id, unchanged, List.of(request)), List.of(request), author)
              .deployments());
    } catch (UnknownEnvironmentException | UnknownProxyException e) {
      throw Refusal.notDeployable(id.name(), request.environment());
    }
  }

  private Function<SavedSettings, MaintenanceSettings> readably(
      ProxyId id,
      Function<SavedSettings, MaintenanceSettings> change,
      List<DeploymentRequest> deployTo) {
    return saved -> {
      MaintenanceSettings settings = change.apply(saved);
      readable.require(id, settings, deployTo);
      return settings;
    };
  }

  /**
   * Checks what is to be deployed without a change.
   *
   * @throws Refusal if a live gateway of an environment can't read the settings
   */
  void requireReadable(ProxyId id, MaintenanceSettings settings, List<DeploymentRequest> deployTo) {
    readable.require(id, settings, deployTo);
  }

  /**
   * Takes the proxy out of the environment.
   *
   * @param condition is called with the saved settings; its exceptions are passed on
   * @throws Refusal if there is no such proxy or environment, or it is not deployed there
   */
  public Deployed undeploy(
      ProxyId id, DeploymentRequest request, Consumer<SavedSettings> condition, Author author) {
    try {
      Optional<Deployment> undeployed = store.undeploy(id, request, condition, author);
      return inForce(
          List.of(
              undeployed.orElseThrow(() -> Refusal.notDeployed(id.name(), request.environment()))));
    } catch (UnknownEnvironmentException | UnknownProxyException e) {
      throw Refusal.notDeployable(id.name(), request.environment());
    }
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
      results.add(await(deployment, start));
    }
    return new Deployed(
        deployments, DeploymentResult.of(results, Duration.ofNanos(System.nanoTime() - start)));
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

  private AtGateways await(Deployment deployment, long start) {
    String environment = deployment.environment();
    AtGateways.Words words = AtGateways.Words.of(deployment.deployed(), environment, timeout);
    try {
      feed.awaitServed(environment, deployment.environmentVersion(), left(start));
      return AtGateways.of(
          feed.nodes(environment),
          deployment.environmentVersion(),
          Duration.ofNanos(System.nanoTime() - start),
          words);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return AtGateways.unknown(words, "the wait for the gateways was interrupted");
    } catch (RuntimeException e) {
      // The change is committed; an error would tell the client that it is not.
      LOG.error(
          "Could not find out which gateways serve revision {} of {}",
          deployment.revision(),
          deployment.proxy(),
          e);
      return AtGateways.unknown(words, "which gateways serve it is not known");
    }
  }
}
