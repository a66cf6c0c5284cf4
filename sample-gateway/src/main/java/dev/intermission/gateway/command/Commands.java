package dev.intermission.gateway.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.intermission.gateway.client.Client;
import dev.intermission.gateway.client.ClientCommands;
import dev.intermission.gateway.client.HelpOption;
import dev.intermission.gateway.client.output.Screen;
import dev.intermission.gateway.config.DurationText;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** The command line as a whole. */
@Command(
    name = "intermission",
    description = "Puts individual APIs of a gateway into maintenance mode and brings them back.",
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = Commands.Version.class)
final class Commands {

  /** A parameter of a JDBC URL, such as password and sslpassword, or a user with a password. */
  private static final Pattern PASSWORD =
      Pattern.compile("(?i)password=[^&]|jdbc:.*//[^/]*:[^/]*@");

  private Commands() {}

  /**
   * Runs a command line and returns its exit code: 0 for success, 1 for a failure that was reported
   * on {@code err}, 2 for a wrong command line.
   *
   * @param environment the variables of the process
   */
  static int run(Map<String, String> environment, Terminal terminal, String... arguments) {
    if (Stream.of(arguments).anyMatch(PASSWORD.asPredicate())) {
      terminal.tell(
          "intermission: An argument holds a password, and every user of this machine can read arguments. Give the database's URL in the variable INTERMISSION_DATABASE, or in a file that INTERMISSION_DATABASE_FILE names.");
      return Failures.NOT_UNDERSTOOD;
    }
    return line(environment, terminal).execute(arguments);
  }

  /** Returns the commands with their error handling. */
  static CommandLine line(Map<String, String> environment, Terminal terminal) {
    Variables variables = new Variables(environment);
    Failures failures = new Failures(terminal);
    CommandLine line =
        new CommandLine(new Commands())
            .addSubcommand(new Demo(terminal, variables))
            .addSubcommand(new Serve(terminal, variables))
            .addSubcommand(new Config(terminal))
            .addSubcommand(new Token(terminal))
            .addSubcommand(new Secret(terminal))
            .addSubcommand(new Completion(terminal))
            .addSubcommand(
                "fleet",
                LauncherTool.of(
                    terminal, "fleet", "Runs a fleet with its PostgreSQL on this machine."))
            .addSubcommand(
                "load",
                LauncherTool.of(
                    terminal,
                    "load",
                    "Sends load to an API, and reports latency, throughput and errors."));
    ClientCommands.addTo(
        line,
        new Client(
            environment,
            new Screen(terminal.in(), terminal.out(), terminal.err(), false),
            Clock.systemUTC(),
            ZoneId.systemDefault()));
    line.registerConverter(Duration.class, Commands::duration)
        .setDefaultValueProvider(variables)
        .setOut(new PrintWriter(terminal.out(), true, UTF_8))
        .setErr(new PrintWriter(terminal.err(), true, UTF_8))
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures);
    takeKeys(line);
    HelpOption.addTo(line);
    line.getCommandSpec()
        .addOption(
            OptionSpec.builder("--version")
                .versionHelp(true)
                .description("Shows the version.")
                .build());
    return line;
  }

  private static Duration duration(String text) {
    try {
      return DurationText.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  /** The version of the jar that this is run from. */
  static final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
      String version = Commands.class.getPackage().getImplementationVersion();
      return new String[] {"Intermission " + (version == null ? "(not from a jar)" : version)};
    }
  }

  private static void takeKeys(CommandLine line) {
    line.getSubcommands()
        .forEach(
            (name, command) -> {
              switch (name) {
                case "demo" -> KeyOptions.add(command, KeyOptions.DEMO);
                case "serve" -> KeyOptions.add(command, KeyOptions.SERVE);
                case "config" ->
                    command
                        .getSubcommands()
                        .values()
                        .forEach(check -> KeyOptions.add(check, KeyOptions.CHECK));
                case "token" ->
                    command
                        .getSubcommands()
                        .values()
                        .forEach(store -> KeyOptions.add(store, KeyOptions.STORE));
                default -> {
                  // Has no keys.
                }
              }
            });
  }
}
