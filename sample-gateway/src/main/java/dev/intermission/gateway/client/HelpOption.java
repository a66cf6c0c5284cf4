package dev.intermission.gateway.client;

import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The option that every command has. */
public final class HelpOption {

  private HelpOption() {}

  /** Adds it to a command and to all commands below it. */
  public static void addTo(CommandLine command) {
    command
        .getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Shows this help.")
                .build());
    command.getSubcommands().values().forEach(HelpOption::addTo);
  }
}
