package dev.intermission.gateway.client;

import dev.intermission.gateway.client.output.Exit;
import dev.intermission.gateway.client.output.Output;
import picocli.CommandLine.Mixin;

/** A command that calls the management API. */
abstract class ApiCommand extends OperatorCommand {

  @Mixin CommonOptions common = new CommonOptions();

  ApiCommand(Client client) {
    super(client);
  }

  @Override
  final Exit run(Output output) {
    return run(new Session(client(), common, output));
  }

  /** Runs the command, and returns how it ended. */
  abstract Exit run(Session session);
}
