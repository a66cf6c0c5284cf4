package dev.intermission.gateway.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermission.gateway.client.connection.NamedContexts;
import dev.intermission.gateway.client.connection.ServerContext;
import dev.intermission.gateway.client.output.Exit;
import dev.intermission.gateway.client.output.Output;
import dev.intermission.gateway.client.output.TextTable;
import java.net.URI;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** Lists the contexts. */
@Command(
    name = "list",
    sortOptions = false,
    description = "Lists the contexts, without what is secret.")
final class ContextList extends OperatorCommand {

  ContextList(Client client) {
    super(client);
  }

  @Override
  Exit run(Output output) {
    NamedContexts contexts = ContextCommand.file(client()).read();
    ObjectNode object = Exit.DONE.result("context list").put("current", contexts.current());
    ArrayNode list = object.putArray("contexts");
    TextTable table = new TextTable();
    table.add("", "NAME", "URLS", "PROJECT", "AS");
    contexts
        .all()
        .forEach(
            (name, context) -> {
              table.add(
                  name.equals(contexts.current()) ? "*" : "",
                  name,
                  context.urls().stream().map(URI::toString).collect(Collectors.joining(",")),
                  context.project() == null ? "" : context.project(),
                  context.clientId() == null ? "token" : "client " + context.clientId());
              describe(name, context, list.addObject());
            });
    if (contexts.all().isEmpty()) {
      output.say("There are no contexts; 'intermission context add' adds one.");
    } else {
      table.lines().forEach(output::say);
    }
    output.object(object);
    return Exit.DONE;
  }

  private static void describe(String name, ServerContext context, ObjectNode into) {
    into.put("name", name);
    ArrayNode urls = into.putArray("urls");
    context.urls().forEach(url -> urls.add(url.toString()));
    into.put("ca", context.ca() == null ? null : context.ca().toString())
        .put("project", context.project())
        .put("clientId", context.clientId());
  }
}
