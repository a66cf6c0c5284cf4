package dev.intermission.gateway.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermission.gateway.client.connection.ApiRequest;
import dev.intermission.gateway.client.connection.ManagementApi;
import dev.intermission.gateway.client.output.CommandFailure;
import dev.intermission.gateway.client.output.Exit;
import dev.intermission.gateway.client.proxies.ProxyName;
import dev.intermission.gateway.client.proxies.ProxyState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Changes settings and deploys them: of one API proxy by a PATCH, on the condition that nobody
 * changes them at the same moment; of many in one operation.
 */
final class SettingsChange {

  private static final String DESCRIPTION = "description";

  private final Session session;
  private final TargetOptions targets;
  private final String verb;
  private final WantedSettings wanted;

  private final @Nullable Duration drainedWithin;

  SettingsChange(Session session, TargetOptions targets, String verb, WantedSettings wanted) {
    this(session, targets, verb, wanted, null);
  }

  /**
   * @param drainedWithin how long to wait until what is closed is drained, or null for no wait
   */
  SettingsChange(
      Session session,
      TargetOptions targets,
      String verb,
      WantedSettings wanted,
      @Nullable Duration drainedWithin) {
    this.drainedWithin = drainedWithin;
    this.session = session;
    this.targets = targets;
    this.verb = verb;
    this.wanted = wanted;
  }

  Exit run() {
    Selected selected = Selected.of(targets, session.proxies());
    ApiRequest request =
        selected.isOne() ? patch(selected.one(), selected.environments()) : operation(selected);
    if (targets.dryRun) {
      DryRunView view = new DryRunView(session, verb);
      return selected.isOne() ? view.show(selected.one(), request) : view.showMany(request);
    }
    if (selected.isOne()) {
      return one(selected, request);
    }
    new Confirmation(session, targets.yes)
        .ask(verb, selected.states().keySet(), selected.environments());
    return many(selected, request);
  }

  private Exit one(Selected selected, ApiRequest request) {
    ProxyName proxy = selected.one();
    Rollout rollout = new Rollout(session, List.copyOf(selected.affected()));
    Rollout.Result result = rollout.of(() -> session.api().change(request, proxy.audit()));
    return report(selected, result, UndoHint.of(verb, targets, selected), null);
  }

  /** Returns the change of one proxy as a PATCH that deploys. */
  private ApiRequest patch(ProxyName proxy, Set<String> environments) {
    ManagementApi.Read saved = session.api().get(proxy.settings());
    ObjectNode body = wanted.of(saved.body().path("resultList").path(0));
    body.put("deploy", true).set("deployTargetEnvironmentNameList", array(environments));
    if (targets.reason != null) {
      body.put(DESCRIPTION, targets.reason);
    }
    ApiRequest request = ApiRequest.mergePatch(proxy.settings(), body.toString());
    return saved.tag() == null ? request : request.ifMatch(saved.tag());
  }

  /** Returns the change of many proxies as one operation. */
  private ApiRequest operation(Selected selected) {
    Set<String> projects = new TreeSet<>();
    Set<String> names = new TreeSet<>();
    for (ProxyName proxy : selected.states().keySet()) {
      projects.add(proxy.project());
      names.add(proxy.name());
    }
    refuseOthers(selected, projects, names);
    ObjectNode select = JsonNodeFactory.instance.objectNode();
    select.set("names", array(names));
    if (projects.size() > 1) {
      select.set("projects", array(projects));
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("select", select);
    body.set("settings", wanted.of(selected, session.proxies()::saved));
    body.set("environments", array(selected.environments()));
    if (targets.reason != null) {
      body.put(DESCRIPTION, targets.reason);
    }
    String path =
        projects.size() > 1
            ? ManagementApi.path("maintenance-operations")
            : ManagementApi.path("projects", selected.one().project(), "maintenance-operations");
    return ApiRequest.post(path, body.toString());
  }

  private Exit many(Selected selected, ApiRequest request) {
    Rollout rollout = new Rollout(session, watched(selected));
    Rollout.Result result = rollout.of(() -> session.api().change(request, selected.one().audit()));
    String id = idOf(result, selected);
    return report(selected, result, id == null ? List.of() : List.of(List.of("undo", id)), id);
  }

  private Exit report(
      Selected selected,
      Rollout.Result result,
      List<List<String>> undo,
      @Nullable String operation) {
    return new ChangeReport(session, verb, wanted.closesNow(), drainedWithin)
        .of(selected.states().keySet(), selected.environments(), result, undo, operation);
  }

  /** An operation selects by project and by name, so it could meet a proxy that nobody named. */
  private void refuseOthers(Selected selected, Set<String> projects, Set<String> names) {
    if (projects.size() == 1) {
      return;
    }
    for (ProxyState state : session.proxies().everywhere()) {
      ProxyName proxy = state.proxy();
      if (projects.contains(proxy.project())
          && names.contains(proxy.name())
          && !selected.states().containsKey(proxy)) {
        throw new CommandFailure(
            Exit.FAILED,
            "One operation over several projects would change "
                + proxy
                + " too, since it has the name of another API. Name the APIs of one project at a time.");
      }
    }
  }

  /** Each environment gets all changes in one snapshot, so one proxy in each tells of all. */
  private static List<ProxyState> watched(Selected selected) {
    List<ProxyState> watched = new ArrayList<>();
    Set<String> environments = new TreeSet<>();
    for (ProxyState state : selected.affected()) {
      if (state.deployed() && environments.add(state.environment())) {
        watched.add(state);
      }
    }
    return watched;
  }

  private @Nullable String idOf(Rollout.Result result, Selected selected) {
    JsonNode answer = result.answer();
    if (answer != null) {
      return answer.at("/resultList/0/id").asText();
    }
    // The answer was lost; the newest entry of the audit is that of the operation.
    try {
      JsonNode newest = session.api().get(selected.one().audit()).body().at("/resultList/0");
      return newest.hasNonNull("operation") ? newest.path("operation").asText() : null;
    } catch (CommandFailure e) {
      session
          .output()
          .warn(
              "The id of the operation can't be read; 'intermission audit' shows it.\n" + e.text());
      return null;
    }
  }

  private static ArrayNode array(Set<String> texts) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    texts.forEach(array::add);
    return array;
  }
}
