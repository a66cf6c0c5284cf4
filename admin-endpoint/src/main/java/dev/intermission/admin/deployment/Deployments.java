package dev.intermission.admin.deployment;

import dev.intermission.admin.deployment.DeploymentResult.InEnvironment;
import dev.intermission.admin.http.Refusal;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
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
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes and deploys settings: one transaction of the store, then the gateways are notified, and
 * the call waits for them. A committed change stays, whatever happens during the wait.
 */
public final class Deployments {

  private static final Logger LOG = LoggerFactory.getLogger(Deployments.class);
  private static final int NAMED_NODES = 10;

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

  /** Deploys the saved settings, like {@link #change}. */
  public Deployed deploy(ProxyId id, DeploymentRequest request, Author author) {
    try {
      return inForce(
          store
              .update(
                  id,
                  readably(id, SavedSettings::settings, List.of(request)),
                  List.of(request),
                  author)
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
   * @throws Refusal if there is no such proxy or environment, or it is not deployed there
   */
  public Deployed undeploy(ProxyId id, DeploymentRequest request, Author author) {
    try {
      Optional<Deployment> undeployed = store.undeploy(id, request, author);
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
    deployments.forEach(deployment -> feed.changed(deployment.environment()));
    long deadline = System.nanoTime() + timeout.toNanos();
    List<InEnvironment> results = new ArrayList<>();
    for (Deployment deployment : deployments) {
      results.add(await(deployment, Math.max(0, deadline - System.nanoTime())));
    }
    return new Deployed(deployments, DeploymentResult.of(results));
  }

  private InEnvironment await(Deployment deployment, long nanos) {
    String environment = deployment.environment();
    String done = done(deployment.deployed());
    try {
      Propagation propagation =
          feed.awaitServed(environment, deployment.environmentVersion(), Duration.ofNanos(nanos));
      return outcome(environment, deployment.deployed(), propagation);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new InEnvironment(
          environment,
          false,
          done + " is saved and in force; the wait for the gateways was interrupted");
    } catch (RuntimeException e) {
      // The change is committed; an error would tell the client that it is not.
      LOG.error(
          "Could not find out which gateways serve revision {} of {}",
          deployment.revision(),
          deployment.proxy(),
          e);
      return new InEnvironment(
          environment,
          false,
          done + " is saved and in force; which gateways serve it is not known");
    }
  }

  private InEnvironment outcome(String environment, boolean deployed, Propagation propagation) {
    String done = done(deployed);
    if (propagation.nodes() == 0) {
      return new InEnvironment(
          environment,
          true,
          deployed
              ? "Deployment successful; no gateway is running in "
                  + environment
                  + ", the next one to start serves it"
              : "Undeployment successful; no gateway is running in " + environment);
    }
    if (propagation.complete()) {
      return new InEnvironment(environment, true, done + " successful");
    }
    List<String> behind = propagation.behind();
    String more =
        behind.size() > NAMED_NODES ? " and " + (behind.size() - NAMED_NODES) + " more" : "";
    return new InEnvironment(
        environment,
        false,
        String.format(
            Locale.ROOT,
            "%s is saved and stays in force, but %d of %d gateways did not take it within %d ms and will when they are back: %s%s",
            done,
            behind.size(),
            propagation.nodes(),
            timeout.toMillis(),
            String.join(", ", behind.subList(0, Math.min(NAMED_NODES, behind.size()))),
            more));
  }

  private static String done(boolean deployed) {
    return deployed ? "Deployment" : "Undeployment";
  }
}
