package dev.intermission.admin.trafficlog;

import dev.intermission.admin.access.Admission;
import dev.intermission.admin.access.Admission.Caller;
import dev.intermission.admin.deployment.Deployments;
import dev.intermission.admin.http.Call;
import dev.intermission.admin.http.LoggedChange;
import dev.intermission.admin.http.Preconditions;
import dev.intermission.admin.http.Refusal;
import dev.intermission.admin.http.Warning;
import dev.intermission.api.FieldError;
import dev.intermission.api.InvalidSettingsException;
import dev.intermission.api.ProxyId;
import dev.intermission.api.Right;
import dev.intermission.api.store.SavedTrafficLog;
import dev.intermission.api.store.SettingsStore;
import dev.intermission.api.store.SettingsStore.TrafficLogUpdate;
import dev.intermission.api.store.UnknownEnvironmentException;
import dev.intermission.api.store.UnknownProxyException;
import dev.intermission.api.trafficlog.MethodLogOverride;
import dev.intermission.api.trafficlog.PrivacyDefinition;
import dev.intermission.api.trafficlog.PrivacyPattern;
import dev.intermission.api.trafficlog.TrafficLogSettings;
import dev.intermission.json.Excerpt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Reads and changes the settings of traffic logs, with the checks that all calls share. */
final class TrafficLogs {

  private final Admission admission;
  private final SettingsStore store;
  private final Deployments deployments;
  private final LogConnections connections;

  TrafficLogs(
      Admission admission,
      SettingsStore store,
      Deployments deployments,
      LogConnections connections) {
    this.admission = admission;
    this.store = store;
    this.deployments = deployments;
    this.connections = connections;
  }

  /**
   * The outcome of a change.
   *
   * @param saved what is saved now in each environment that was to be changed
   * @param warnings of gateways that are behind
   * @param log what to log
   */
  record Outcome(
      SortedMap<String, SavedTrafficLog> saved, List<Warning> warnings, List<LoggedChange> log) {}

  static String etag(SavedTrafficLog saved) {
    return "\"" + saved.version() + "\"";
  }

  /** Admits a reader of a proxy, and returns the proxy. */
  ProxyId read(Call call) {
    admission.member(call);
    return requireProxy(call);
  }

  /** Admits a caller who may change what is logged, which takes effect by itself. */
  Caller change(Call call) {
    Caller caller = admission.holder(call, Right.MANAGE);
    caller.require(Right.DEPLOY_UNDEPLOY);
    requireProxy(call);
    return caller;
  }

  private ProxyId requireProxy(Call call) {
    ProxyId id = call.proxyId();
    if (store.proxy(id).isEmpty()) {
      throw Refusal.unknownProxy(id.name());
    }
    return id;
  }

  /** Returns the name if there is such an environment. */
  String requireEnvironment(String name) {
    if (name.isBlank()) {
      throw Refusal.noEnvironmentName();
    }
    if (!store.environments().contains(name)) {
      throw Refusal.unknownEnvironment(name);
    }
    return name;
  }

  SortedMap<String, SavedTrafficLog> saved(ProxyId id) {
    return store.trafficLogs(id);
  }

  EnvironmentConnections connections(String environment) {
    return new EnvironmentConnections(environment, connections.in(environment));
  }

  /**
   * Checks the methods and connections that settings name.
   *
   * @throws Refusal if one is not known
   */
  void requireNames(String environment, TrafficLogSettings settings, TrafficLogSettings saved) {
    for (MethodLogOverride override : settings.overrides()) {
      if (!MethodLogOverride.isKnown(override.method())) {
        throw Refusal.unknownMethod(override.method());
      }
    }
    connections(environment).require(settings, saved);
  }

  /**
   * Checks regular expressions, which takes its time: to be called outside of a transaction.
   *
   * @throws InvalidSettingsException if the log can't use one
   */
  void requireExpressions(Stream<PrivacyDefinition> definitions) {
    List<FieldError> faults = new ArrayList<>();
    definitions
        .filter(definition -> definition.patternType() == PrivacyPattern.REGEX)
        .map(definition -> Objects.requireNonNull(definition.regexPattern()))
        .distinct()
        .forEach(
            pattern -> {
              String fault = connections.faultOf(pattern);
              if (fault != null) {
                faults.add(
                    new FieldError(
                        "privacyDefinitionList",
                        "has the regexPattern '" + Excerpt.of(pattern) + "', which " + fault));
              }
            });
    if (!faults.isEmpty()) {
      throw new InvalidSettingsException(faults);
    }
  }

  /**
   * Changes the settings in these environments, in one transaction, and waits for the gateways. The
   * conditions of the call are on what is saved in each of them.
   */
  Outcome update(
      Call call,
      Caller caller,
      Set<String> environments,
      BiFunction<String, SavedTrafficLog, TrafficLogSettings> change) {
    ProxyId id = call.proxyId();
    Preconditions conditions = Preconditions.of(call);
    Map<String, String> etags = new HashMap<>();
    TrafficLogUpdate update;
    try {
      update =
          store.updateTrafficLogs(
              id,
              environments,
              (environment, saved) -> {
                // What is allowed alone may be too much together with what is saved.
                TrafficLogSettings settings =
                    TrafficLogBody.allowed(() -> change.apply(environment, saved));
                etags.put(environment, etag(saved));
                // Not before the last one, since what is wrong with another one comes first.
                if (etags.size() == environments.size()) {
                  etags.values().forEach(conditions::requireForChange);
                }
                return settings;
              },
              caller.author());
    } catch (UnknownProxyException e) {
      throw Refusal.unknownProxy(id.name());
    } catch (UnknownEnvironmentException e) {
      throw Refusal.unknownEnvironment(e.environment());
    }
    return new Outcome(
        update.saved(),
        deployments.awaitTaken(id, update.versions()),
        update.saved().keySet().stream()
            .map(name -> new LoggedChange("set what is logged of " + id + " in " + name))
            .toList());
  }
}
