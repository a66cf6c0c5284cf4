package dev.intermission.gateway.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.intermission.gateway.client.output.Exit;
import dev.intermission.gateway.client.output.HarmlessText;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The commands for operators. */
@Command(name = "intermission", synopsisSubcommandLabel = "COMMAND")
public final class ClientCommands {

  private static final Map<String, Function<Client, Object>> ALL = all();

  private ClientCommands() {}

  private static Map<String, Function<Client, Object>> all() {
    Map<String, Function<Client, Object>> all = new LinkedHashMap<>();
    all.put("close", Close::new);
    all.put("open", Open::new);
    all.put("status", Status::new);
    all.put("watch", WatchCommand::new);
    all.put("diff", Diff::new);
    all.put("history", HistoryCommand::new);
    all.put("rollback", Rollback::new);
    all.put("audit", AuditCommand::new);
    all.put("bypass", BypassCommand::of);
    all.put("trace", TraceCommand::of);
    all.put("undo", Undo::new);
    all.put("context", ContextCommand::of);
    return all;
  }

  /** Tells whether a command of this name is one of these. */
  public static boolean have(String name) {
    return ALL.containsKey(name);
  }

  /** Adds all commands to a command line. */
  public static void addTo(CommandLine line, Client client) {
    ALL.values().forEach(command -> line.addSubcommand(command.apply(client)));
  }

  /**
   * Runs one of these commands, and returns its exit code. The others are not loaded, since an
   * operator waits for this.
   *
   * @param arguments the name of the command, and its arguments
   */
  public static int run(Client client, String... arguments) {
    Function<Client, Object> command = ALL.get(arguments[0]);
    if (command == null) {
      throw new IllegalArgumentException(arguments[0] + " is no command for operators");
    }
    CommandLine line = new CommandLine(new ClientCommands());
    line.addSubcommand(command.apply(client));
    HelpOption.addTo(line);
    return line.setOut(new PrintWriter(client.screen().out(), true, UTF_8))
        .setErr(new PrintWriter(client.screen().err(), true, UTF_8))
        .setParameterExceptionHandler((fault, words) -> notUnderstood(client, fault))
        .execute(arguments);
  }

  private static int notUnderstood(Client client, ParameterException fault) {
    String command = fault.getCommandLine().getCommandSpec().qualifiedName();
    client
        .screen()
        .err()
        .println(
            HarmlessText.lines(
                command + ": " + fault.getMessage() + "; see " + command + " --help"));
    return Exit.USAGE.code();
  }
}
