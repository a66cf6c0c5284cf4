package dev.intermission.gateway.command;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints a script with which shells complete commands and options. */
@Command(
    name = "completion",
    description = "Prints a script with which bash and zsh complete commands and options.",
    footer = {
      "",
      "Examples:",
      "  source <(intermission completion)",
      "  intermission completion > ~/.local/share/bash-completion/completions/intermission"
    })
final class Completion implements Callable<Integer> {

  private final Terminal terminal;

  @Spec CommandSpec spec = CommandSpec.create();

  Completion(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    terminal.print(AutoComplete.bash("intermission", spec.root().commandLine()));
    return 0;
  }
}
