package dev.intermission.gateway.command;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A command that the launcher of a clone starts from another jar. It is listed here so that the
 * help shows all commands.
 */
final class LauncherTool implements Callable<Integer> {

  private final Terminal terminal;
  private final String name;

  private LauncherTool(Terminal terminal, String name) {
    this.terminal = terminal;
    this.name = name;
  }

  static CommandSpec of(Terminal terminal, String name, String description) {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(new LauncherTool(terminal, name));
    spec.usageMessage().description(description);
    spec.parser().unmatchedArgumentsAllowed(true);
    return spec;
  }

  @Override
  public Integer call() {
    terminal.tell(
        String.format(
            Locale.ROOT,
            "intermission %1$s: This command is not in the gateway's jar; run './intermission %1$s' in a clone",
            name));
    return Failures.NOT_UNDERSTOOD;
  }
}
