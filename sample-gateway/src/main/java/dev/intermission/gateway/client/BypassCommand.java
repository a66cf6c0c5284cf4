package dev.intermission.gateway.client;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Tokens that let testers pass a closed API proxy. */
@Command(
    name = "bypass",
    description =
        "Makes, lists and revokes tokens that let testers pass a closed API, in the field Intermission-Bypass.")
final class BypassCommand {

  private BypassCommand() {}

  static CommandLine of(Client client) {
    return new CommandLine(new BypassCommand())
        .addSubcommand(new BypassCreate(client))
        .addSubcommand(new BypassList(client))
        .addSubcommand(new BypassRevoke(client));
  }
}
