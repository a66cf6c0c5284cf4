package dev.intermission.admin.change;

import dev.intermission.admin.http.Warning;
import dev.intermission.api.ApiProxy;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.Moment;
import dev.intermission.api.ProxyId;
import dev.intermission.api.Window;
import dev.intermission.api.store.Deployment;
import dev.intermission.api.store.DeploymentStatus;
import dev.intermission.api.store.SettingsStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is seldom meant in a change of a proxy (contract section 2). Made before the change, since a
 * store that can't be read afterwards must not make a saved change look like a failure.
 */
public final class Advice {

  private static final Logger LOG = LoggerFactory.getLogger(Advice.class);
  private static final Duration SOON = Duration.ofMinutes(1);

  private final @Nullable ApiProxy proxy;
  private final List<DeploymentStatus> before;
  private final Instant now;

  Advice(@Nullable ApiProxy proxy, List<DeploymentStatus> before, Instant now) {
    this.proxy = proxy;
    this.before = before;
    this.now = now;
  }

  /** Returns the advice on a change that is about to be made. */
  public static Advice before(ProxyId id, SettingsStore store, Clock clock) {
    return new Advice(store.proxy(id).orElse(null), store.status(id), clock.instant());
  }

  /**
   * Returns the warnings about a change.
   *
   * @param settings those that it saved or deployed, or would
   * @param made the deployments that it made, or would make
   */
  public List<Warning> on(MaintenanceSettings settings, List<Deployment> made) {
    List<Warning> warnings = new ArrayList<>(StatusWarnings.ofDemanding(settings));
    traces(made, warnings);
    if (!settings.enabled() || (settings.window().reopenAtEnd() && hasEnded(settings))) {
      return warnings;
    }
    warnings.addAll(StatusWarnings.ofLasting(settings));
    time(settings, warnings);
    health(settings, warnings);
    nowhere(made, warnings);
    return warnings;
  }

  /**
   * Returns the warnings about a deployment of trace settings, with which the saved maintenance
   * settings are deployed.
   */
  public List<Warning> onTrace(List<Deployment> made) {
    List<Warning> warnings = new ArrayList<>();
    deployed(
            made,
            "maintenance",
            before.stream()
                .filter(status -> made.stream().anyMatch(it -> isOther(status, it)))
                .map(DeploymentStatus::environment)
                .toList())
        .ifPresent(warnings::add);
    nowhere(made, warnings);
    return warnings;
  }

  /** Where nothing is deployed, the API is open as long as it is not closed by that. */
  private static boolean isOther(DeploymentStatus before, Deployment made) {
    return before.environment().equals(made.environment())
        && (before.deployed()
            ? !made.settings().equals(before.settings())
            : made.settings().enabled());
  }

  private void traces(List<Deployment> made, List<Warning> warnings) {
    deployed(
            made,
            "trace",
            before.stream()
                .filter(DeploymentStatus::tracePending)
                .map(DeploymentStatus::environment)
                .toList())
        .ifPresent(warnings::add);
  }

  /** Warns of settings of this kind that go with a deployment to some of these environments. */
  private static Optional<Warning> deployed(
      List<Deployment> made, String kind, List<String> environments) {
    List<String> names =
        made.stream().map(Deployment::environment).filter(environments::contains).sorted().toList();
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Warning(
                "SAVED_SETTINGS_DEPLOYED",
                "The "
                    + kind
                    + " settings that were saved before and not deployed in "
                    + String.join(", ", names)
                    + " are deployed there with this change."));
  }

  private boolean hasEnded(MaintenanceSettings settings) {
    return settings.window().hasEnded(now);
  }

  private void time(MaintenanceSettings settings, List<Warning> warnings) {
    Window window = settings.window();
    Moment start = window.startsAt();
    Moment end = window.endsAt();
    if (settings.retryAfter().seconds() == null && (end == null || hasEnded(settings))) {
      warnings.add(
          new Warning(
              "NO_RETRY_AFTER",
              "Clients are not told when to come back, so each guesses; set endsAt or retryAfterSeconds."));
    }
    if (end != null && !hasEnded(settings) && !end.instant().isAfter(now.plus(SOON))) {
      warnings.add(
          new Warning(
              "ENDS_SOON", "The maintenance ends within a minute, at endsAt, " + end + "."));
    }
    if (start != null && window.hasStarted(now) && !hasEnded(settings)) {
      warnings.add(
          new Warning(
              "WINDOW_HAS_BEGUN",
              "startsAt, "
                  + start
                  + ", has passed, so the API is closed as soon as this is deployed."));
    }
  }

  private void health(MaintenanceSettings settings, List<Warning> warnings) {
    if (proxy == null) {
      return;
    }
    List<String> closed = closedHealthPaths(proxy, settings);
    if (!closed.isEmpty()) {
      warnings.add(
          new Warning(
              "HEALTH_PATHS_CLOSED",
              "What asks for the health of the API gets the maintenance response too, at "
                  + String.join(", ", closed)
                  + "; a monitor or load balancer may take the API for broken."));
    }
  }

  private List<String> closedHealthPaths(ApiProxy of, MaintenanceSettings settings) {
    try {
      return ResponsePreviews.closedHealthPaths(of, settings, now);
    } catch (RuntimeException e) {
      // The change is committed; an error would tell the client that it is not.
      LOG.error("Could not find out which health paths of {} are closed", of.id(), e);
      return List.of();
    }
  }

  private void nowhere(List<Deployment> made, List<Warning> warnings) {
    for (Deployment deployment : made) {
      String environment = deployment.environment();
      boolean isNew =
          before.stream()
              .noneMatch(status -> status.environment().equals(environment) && status.deployed());
      if (isNew) {
        warnings.add(
            new Warning(
                "NOT_DEPLOYED",
                "Nothing was deployed in "
                    + environment
                    + "; with this deployment the API is known there for the first time, or again."));
      }
    }
    if (made.isEmpty() && before.stream().noneMatch(DeploymentStatus::deployed)) {
      warnings.add(
          new Warning(
              "NOT_DEPLOYED",
              "The API is deployed in no environment, so no gateway answers for it; saving alone deploys nothing."));
    }
  }
}
