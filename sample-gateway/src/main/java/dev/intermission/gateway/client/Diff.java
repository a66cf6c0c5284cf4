package dev.intermission.gateway.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermission.gateway.client.output.Exit;
import dev.intermission.gateway.client.proxies.FieldDifferences;
import dev.intermission.gateway.client.proxies.ProxyName;
import dev.intermission.gateway.client.proxies.ProxyState;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows which saved settings of an API proxy are not deployed. */
@Command(
    name = "diff",
    sortOptions = false,
    description =
        "Shows which saved settings of an API are not in force yet, in each environment where it is deployed.")
final class Diff extends ApiCommand {

  @Mixin NamedApi api = new NamedApi();

  Diff(Client client) {
    super(client);
  }

  @Override
  Exit run(Session session) {
    List<ProxyState> states = session.proxies().named(api.name);
    ProxyName proxy = states.get(0).proxy();
    TraceStanding trace = TraceStanding.of(session, proxy);
    Exit exit = Exit.DONE;
    ArrayNode environments = JsonNodeFactory.instance.arrayNode();
    for (ProxyState state : states) {
      if (state.deployed()) {
        NotDeployed changes = NotDeployed.of(session, state);
        FieldDifferences ofTrace = TraceDifferences.of(trace, state);
        show(session, state, changes, ofTrace);
        environments
            .addObject()
            .put("environment", state.environment())
            .put("redeployRequired", state.redeployRequired())
            .<ObjectNode>set("changes", changes.json())
            .set("traceChanges", ofTrace.json());
        exit = changes.isKnown() ? exit : Exit.FAILED;
      }
    }
    if (environments.isEmpty()) {
      session.output().say(proxy + " is deployed nowhere.");
    }
    session.output().object(exit.result("diff").set("environments", environments));
    return exit;
  }

  private static void show(
      Session session, ProxyState state, NotDeployed changes, FieldDifferences ofTrace) {
    String where = state.proxy() + " in " + state.environment();
    if (!state.redeployRequired()) {
      session.output().say(where + ": all that is saved is in force");
      return;
    }
    session.output().say(where + ": in force -> saved");
    if (!changes.isEmpty()) {
      session.output().say(changes.lines());
    }
    ofTrace.lines().forEach(line -> session.output().say("  of the trace settings, " + line));
    if (changes.isEmpty() && ofTrace.changes().isEmpty()) {
      session.output().say("  trace settings were saved again, which is not deployed");
    }
  }
}
