package dev.intermission.store;

import dev.intermission.api.ProxyId;
import dev.intermission.api.store.Deployment;
import dev.intermission.api.store.DeploymentRequest;
import dev.intermission.api.store.Operation;
import dev.intermission.api.store.SettingsStore.Update;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Takes an operation back, inside a transaction that has locked its proxies and environments. */
final class Undoing {

  private final DeploymentWriter writer;
  private final Map<ProxyId, ProxyRow> rows;
  private final Map<ProxyId, SortedMap<String, Standing>> standings;

  Undoing(Connection connection, Change change, Retention retention, Map<ProxyId, ProxyRow> rows)
      throws SQLException {
    this.rows = rows;
    standings = Standing.of(connection, rows.keySet());
    writer = new DeploymentWriter(connection, change, retention);
  }

  /** Returns those that are not as the operation left them. */
  List<Operation.Changed> changedSince(List<Operation.Changed> proxies) {
    return proxies.stream().filter(proxy -> !isAsItWas(proxy)).toList();
  }

  private boolean isAsItWas(Operation.Changed proxy) {
    ProxyRow row = rows.get(proxy.id());
    return row != null
        && row.saved().version() == proxy.settingsVersion()
        && proxy.deployments().stream()
            .allMatch(
                deployment -> {
                  Standing now = standing(proxy.id(), deployment.environment());
                  return now != null && now.inForce().revision() == deployment.revision();
                });
  }

  /** Returns those that get back what they had, with the deployments that are made for that. */
  List<Operation.Changed> restored(List<Operation.Changed> proxies) {
    return proxies.stream()
        .filter(proxy -> rows.containsKey(proxy.id()))
        .map(
            proxy ->
                new Operation.Changed(
                    proxy.id(), proxy.before(), proxy.settingsVersion(), deployedStill(proxy)))
        .toList();
  }

  private List<Operation.InEnvironment> deployedStill(Operation.Changed proxy) {
    return proxy.deployments().stream()
        .filter(deployment -> standing(proxy.id(), deployment.environment()) != null)
        .toList();
  }

  /** Returns where the deployments that are made deploy other trace settings than are in force. */
  Map<ProxyId, List<String>> traces(List<Operation.Changed> restored) {
    Map<ProxyId, List<String>> traces = new TreeMap<>(Operations.BY_NAME);
    for (Operation.Changed proxy : restored) {
      List<String> environments =
          proxy.deployments().stream()
              .map(Operation.InEnvironment::environment)
              .filter(environment -> isTracePending(proxy.id(), environment))
              .toList();
      if (!environments.isEmpty()) {
        traces.put(proxy.id(), environments);
      }
    }
    return traces;
  }

  private boolean isTracePending(ProxyId id, String environment) {
    Standing standing = standing(id, environment);
    return standing != null && standing.tracePending();
  }

  private @Nullable Standing standing(ProxyId id, String environment) {
    SortedMap<String, Standing> inForce = standings.get(id);
    return inForce == null ? null : inForce.get(environment);
  }

  /** Gives those that are there what they had, and returns what was done. */
  List<Operation.Changed> undo(List<Operation.Changed> proxies, String description)
      throws SQLException {
    List<Target> targets = new ArrayList<>();
    for (Operation.Changed proxy : proxies) {
      ProxyRow row = rows.get(proxy.id());
      if (row != null) {
        targets.add(new Target(proxy.id(), row, steps(proxy, description)));
      }
    }
    writer.audit().settingsChanged(targets);
    List<Update> updates = writer.put(targets);
    List<Operation.Changed> undone = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      undone.add(undone(targets.get(i), updates.get(i)));
    }
    return undone;
  }

  /** What is deployed is what is saved, so each deployment saves what it deploys first. */
  private List<Target.Step> steps(Operation.Changed proxy, String description) {
    List<Target.Step> steps = new ArrayList<>();
    for (Operation.InEnvironment deployment : deployedStill(proxy)) {
      steps.add(
          new Target.Step(
              deployment.before(),
              new DeploymentRequest(deployment.environment(), description, false)));
    }
    steps.add(new Target.Step(proxy.before(), null));
    return steps;
  }

  private Operation.Changed undone(Target target, Update update) {
    List<Operation.InEnvironment> made = new ArrayList<>();
    for (Deployment redeployed : update.deployments()) {
      Standing replaced = Objects.requireNonNull(standing(target.id(), redeployed.environment()));
      made.add(
          new Operation.InEnvironment(
              redeployed.environment(),
              replaced.settings(),
              redeployed.revision(),
              redeployed.environmentVersion()));
    }
    return new Operation.Changed(
        target.id(), target.row().saved().settings(), update.saved().version(), made);
  }
}
