package dev.intermission.gateway.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermission.gateway.client.connection.ContextsFile;
import dev.intermission.gateway.client.connection.NamedContexts;
import dev.intermission.gateway.client.output.CommandFailure;
import dev.intermission.gateway.client.output.Exit;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Keeps where management APIs are, and who calls them. */
@Command(
    name = "context",
    description = {
      "Keeps where management APIs are and who calls them, so that commands need no more than a name.",
      "The contexts are in $XDG_CONFIG_HOME/intermission/contexts.yaml, which only its owner may read."
    })
final class ContextCommand {

  private ContextCommand() {}

  static CommandLine of(Client client) {
    return new CommandLine(new ContextCommand())
        .addSubcommand(new ContextAdd(client))
        .addSubcommand(new ContextList(client))
        .addSubcommand(new ContextUse(client))
        .addSubcommand(new ContextRemove(client));
  }

  /**
   * Returns the file of the user.
   *
   * @throws CommandFailure if there is no place for one
   */
  static ContextsFile file(Client client) {
    ContextsFile file = ContextsFile.of(client.environment());
    if (file == null) {
      throw new CommandFailure(
          Exit.FAILED, "There is no place for contexts: neither XDG_CONFIG_HOME nor HOME is set");
    }
    return file;
  }

  /**
   * Returns the contexts if one of them has this name.
   *
   * @throws CommandFailure if none has
   */
  static NamedContexts having(String name, NamedContexts contexts) {
    if (!contexts.all().containsKey(name)) {
      throw new CommandFailure(
          Exit.FAILED,
          "There is no context '"
              + name
              + "'; there are: "
              + String.join(", ", contexts.all().keySet()));
    }
    return contexts;
  }

  /** Returns the object of a command that changed a context. */
  static ObjectNode result(String command, String name, NamedContexts contexts) {
    return Exit.DONE.result(command).put("context", name).put("current", contexts.current());
  }
}
