package dev.intermission.gateway.client;

import dev.intermission.gateway.client.connection.NamedContexts;
import dev.intermission.gateway.client.output.Exit;
import dev.intermission.gateway.client.output.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Makes a context current. */
@Command(
    name = "use",
    sortOptions = false,
    description = "Makes a context current: commands use it from now on.")
final class ContextUse extends OperatorCommand {

  @Parameters(paramLabel = "NAME", description = "The context.")
  String name = "";

  ContextUse(Client client) {
    super(client);
  }

  @Override
  Exit run(Output output) {
    NamedContexts next =
        ContextCommand.file(client())
            .change(contexts -> ContextCommand.having(name, contexts).use(name));
    output.say("The context '" + name + "' is current");
    output.object(ContextCommand.result("context use", name, next));
    return Exit.DONE;
  }
}
