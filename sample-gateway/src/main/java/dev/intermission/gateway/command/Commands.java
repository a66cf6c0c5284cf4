package dev.intermission.gateway.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.intermission.gateway.config.Durations;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line as a whole. */
@Command(
    name = "intermission",
    description = "Takes single APIs of a gateway into maintenance and brings them back.",
    synopsisSubcommandLabel = "COMMAND")
public final class Commands {

  private Commands() {}

  /**
   * Runs a command line and returns its exit code: 0, 1 for a failure that was told in one line on
   * {@code err}, 2 for a command line that was not understood.
   *
   * @param environment the variables of the process
   */
  public static int run(Map<String, String> environment, Terminal terminal, String... arguments) {
    Variables variables = new Variables(environment);
    Failures failures = new Failures(terminal, variables);
    CommandLine line =
        new CommandLine(new Commands())
            .addSubcommand(new Demo(terminal, variables))
            .addSubcommand(new Serve(terminal, variables))
            .addSubcommand(new Token(terminal))
            .addSubcommand(new Secret(terminal));
    line.registerConverter(Duration.class, Durations::parse)
        .setDefaultValueProvider(variables)
        .setOut(new PrintWriter(terminal.out(), true, UTF_8))
        .setErr(new PrintWriter(terminal.err(), true, UTF_8))
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures);
    addHelp(line);
    return line.execute(arguments);
  }

  private static void addHelp(CommandLine line) {
    line.getCommandSpec().mixinStandardHelpOptions(true);
    line.getSubcommands().values().forEach(Commands::addHelp);
  }
}
