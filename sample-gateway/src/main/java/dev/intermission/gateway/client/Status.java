package dev.intermission.gateway.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermission.gateway.client.output.Exit;
import dev.intermission.gateway.client.proxies.ProxyState;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows how API proxies stand. */
@Command(
    name = "status",
    sortOptions = false,
    description = {
      "Shows which APIs are closed and which are open, by environment; the closed ones first.",
      "Where there are many, those that are open and in order are only counted."
    },
    footer = {
      "",
      "Examples:",
      "  intermission status                what is closed now?",
      "  intermission status orders-api",
      "  intermission status --all --json"
    })
final class Status extends ApiCommand {

  @Parameters(
      arity = "0..*",
      paramLabel = "API",
      description = "An API as PROJECT/NAME, or as NAME where that is clear; without one, all.")
  List<String> names = List.of();

  @Option(names = "--all", description = "Shows each API, also those that are open and in order.")
  boolean all;

  Status(Client client) {
    super(client);
  }

  @Override
  Exit run(Session session) {
    List<ProxyState> states = new ArrayList<>();
    if (names.isEmpty()) {
      states.addAll(session.proxies().all());
    }
    for (String name : names) {
      states.addAll(session.proxies().named(name));
    }
    new StatusTable(session.times()).lines(states, all).forEach(session.output()::say);
    ObjectNode object = Exit.DONE.result("status");
    ArrayNode apis = object.putArray("apis");
    states.forEach(state -> apis.add(state.json()));
    session.output().object(object);
    return Exit.DONE;
  }
}
