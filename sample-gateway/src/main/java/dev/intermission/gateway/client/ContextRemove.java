package dev.intermission.gateway.client;

import dev.intermission.gateway.client.connection.NamedContexts;
import dev.intermission.gateway.client.output.Exit;
import dev.intermission.gateway.client.output.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Removes a context. */
@Command(name = "remove", sortOptions = false, description = "Removes a context with its token.")
final class ContextRemove extends OperatorCommand {

  @Parameters(paramLabel = "NAME", description = "The context.")
  String name = "";

  ContextRemove(Client client) {
    super(client);
  }

  @Override
  Exit run(Output output) {
    NamedContexts next =
        ContextCommand.file(client())
            .change(contexts -> ContextCommand.having(name, contexts).without(name));
    boolean chosen = next.current() != null || next.all().isEmpty();
    output.say(
        "Removed the context '"
            + name
            + (chosen ? "'" : "'; none is current, and 'intermission context use' chooses one"));
    output.object(ContextCommand.result("context remove", name, next));
    return Exit.DONE;
  }
}
