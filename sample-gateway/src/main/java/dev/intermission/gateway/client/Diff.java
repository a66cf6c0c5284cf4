package dev.intermission.gateway.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
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
    JsonNode saved = session.proxies().saved(proxy);
    ObjectNode object = Exit.DONE.result("diff");
    ArrayNode environments = object.putArray("environments");
    for (ProxyState state : states) {
      if (state.deployed()) {
        FieldDifferences differences = FieldDifferences.of(session.proxies().inForce(state), saved);
        show(session, state, differences);
        environments
            .addObject()
            .put("environment", state.environment())
            .set("changes", differences.json());
      }
    }
    if (environments.isEmpty()) {
      session.output().say(proxy + " is deployed nowhere.");
    }
    session.output().object(object);
    return Exit.DONE;
  }

  private static void show(Session session, ProxyState state, FieldDifferences differences) {
    String where = state.proxy() + " in " + state.environment();
    if (differences.changes().isEmpty()) {
      session.output().say(where + ": all that is saved is in force");
      return;
    }
    session.output().say(where + ": in force -> saved");
    differences.lines().forEach(line -> session.output().say("  " + line));
  }
}
