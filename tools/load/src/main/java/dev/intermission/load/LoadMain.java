package dev.intermission.load;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine;

/** The command {@code intermission load}. */
public final class LoadMain {

  private LoadMain() {}

  /**
   * Runs the command and exits: 0 if all bounds were met, 1 if one was missed or the load could not
   * be started, 2 if the arguments are wrong.
   */
  public static void main(String[] args) {
    System.exit(run(args, System.getenv(), System.out, System.err));
  }

  static int run(String[] args, Map<String, String> environment, PrintStream out, PrintStream err) {
    return new CommandLine(new LoadCommand(environment, out, err))
        .registerConverter(java.time.Duration.class, Durations::parse)
        .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(
            (wrong, arguments) -> {
              err.println("intermission load: " + wrong.getMessage());
              err.println("Try 'intermission load --help'.");
              return CommandLine.ExitCode.USAGE;
            })
        .execute(args);
  }
}
