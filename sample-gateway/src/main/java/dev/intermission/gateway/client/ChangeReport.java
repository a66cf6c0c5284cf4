package dev.intermission.gateway.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermission.gateway.client.output.CommandFailure;
import dev.intermission.gateway.client.output.Exit;
import dev.intermission.gateway.client.output.Output;
import dev.intermission.gateway.client.proxies.ProxyName;
import dev.intermission.gateway.client.proxies.ProxyState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Tells how a change ended: warnings, what is in force where, and what to type to undo it. */
final class ChangeReport {

  private final Session session;
  private final String verb;

  private final boolean closesNow;
  private final @Nullable Duration drainedWithin;

  ChangeReport(Session session, String verb) {
    this(session, verb, false, null);
  }

  /**
   * @param closesNow whether all that is deployed is to be closed at the end
   * @param drainedWithin how long to wait until what is closed is drained, or null for no wait
   */
  ChangeReport(Session session, String verb, boolean closesNow, @Nullable Duration drainedWithin) {
    this.session = session;
    this.verb = verb;
    this.closesNow = closesNow;
    this.drainedWithin = drainedWithin;
  }

  /**
   * Tells it.
   *
   * @param proxies what was changed
   * @param environments where
   * @param undo the commands that undo it, each as its words
   * @param operation the operation's id, or null
   */
  Exit of(
      Set<ProxyName> proxies,
      Set<String> environments,
      Rollout.Result result,
      List<List<String>> undo,
      @Nullable String operation) {
    Output output = session.output();
    JsonNode answer = result.answer();
    ArrayNode warnings = JsonNodeFactory.instance.arrayNode();
    if (answer != null) {
      answer.path("warnings").forEach(warnings::add);
    }
    output.warnings(warnings);
    List<ProxyState> now = statesIfKnown(proxies, environments);
    new InForceReport(session).tell(now);
    Exit exit = result.isEverywhere() ? Exit.DONE : Exit.BEHIND;
    if (exit == Exit.BEHIND) {
      output.warn(result.behind());
    }
    ArrayNode drained = JsonNodeFactory.instance.arrayNode();
    if (!isDrained(proxies, now, drained) && exit == Exit.DONE) {
      exit = Exit.BEHIND;
    }
    if (closesNow && !isClosed(now)) {
      exit = Exit.FAILED;
    }
    List<String> typed = undo.stream().map(session::typed).toList();
    typed.forEach(command -> output.say("Undo: " + command));
    ObjectNode object = object(exit, operation, now, result, warnings, typed);
    if (drainedWithin != null) {
      object.set("drained", drained);
    }
    output.object(object);
    return exit;
  }

  /** Warns of what is open although it was to be closed; returns whether there is none. */
  private boolean isClosed(List<ProxyState> now) {
    List<ProxyState> open =
        now.stream()
            .filter(state -> state.deployed() && !state.closed())
            .filter(state -> !state.reopened(session.times().now()))
            .toList();
    open.forEach(
        state ->
            session
                .output()
                .warn(
                    state.proxy()
                        + " is NOT closed in "
                        + state.environment()
                        + ". 'intermission diff' and 'intermission history' say what is in force."));
    return open.isEmpty();
  }

  /** Waits until what is closed is drained, if that is wanted; returns whether it is. */
  private boolean isDrained(Set<ProxyName> proxies, List<ProxyState> now, ArrayNode drained) {
    if (drainedWithin == null) {
      return true;
    }
    Set<ProxyName> missing = new TreeSet<>(proxies);
    now.forEach(state -> missing.remove(state.proxy()));
    missing.forEach(
        proxy ->
            session
                .output()
                .warn("It is not known whether " + proxy + " is drained, nor how it stands."));
    try {
      return isDrained(now, drainedWithin, drained) && missing.isEmpty();
    } catch (CommandFailure e) {
      session
          .output()
          .warn("The change is saved, but it is not known whether all is drained.\n" + e.text());
      return false;
    }
  }

  private boolean isDrained(List<ProxyState> now, Duration within, ArrayNode drained) {
    boolean all = true;
    for (DrainedWait.Found found :
        new DrainedWait(session, within).of(now.stream().filter(ProxyState::deployed).toList())) {
      all &= found.isDrained();
      if (found.isDrained()) {
        session.output().say(found.text());
      } else {
        session.output().warn(found.text());
      }
      found.addTo(drained);
    }
    return all;
  }

  /** Returns how they stand; what was changed is told, even if that can't be read any more. */
  private List<ProxyState> statesIfKnown(Set<ProxyName> proxies, Set<String> environments) {
    try {
      return states(proxies, environments);
    } catch (CommandFailure e) {
      session
          .output()
          .warn("The change is saved, but what is in force can't be read.\n" + e.text());
      return List.of();
    }
  }

  private List<ProxyState> states(Set<ProxyName> proxies, Set<String> environments) {
    List<ProxyState> all =
        proxies.size() == 1
            ? session.proxies().named(proxies.iterator().next().toString())
            : session.proxies().everywhere();
    List<ProxyState> states = new ArrayList<>();
    for (ProxyState state : all) {
      if (proxies.contains(state.proxy()) && environments.contains(state.environment())) {
        states.add(state);
      }
    }
    return states;
  }

  private ObjectNode object(
      Exit exit,
      @Nullable String operation,
      List<ProxyState> states,
      Rollout.Result result,
      ArrayNode warnings,
      List<String> undo) {
    ObjectNode object = exit.result(verb);
    if (operation != null) {
      object.put("operation", operation);
    }
    ArrayNode apis = object.putArray("apis");
    states.forEach(state -> apis.add(state.json()));
    ArrayNode nodes = object.putArray("nodes");
    for (Rollout.NodeReport node : result.nodes()) {
      nodes
          .addObject()
          .put("environment", node.environment())
          .put("name", node.name())
          .put("success", node.success())
          .put("detail", node.detail());
    }
    object.set("warnings", warnings);
    ArrayNode commands = object.putArray("undo");
    undo.forEach(commands::add);
    return object;
  }
}
