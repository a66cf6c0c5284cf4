package dev.intermission.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Locale;
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
    // Output must be the same for programs that read it, whatever the language of the machine.
    Locale.setDefault(Locale.ROOT);
    System.exit(
        run(
            args,
            System.getenv(),
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8),
            new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8)));
  }

  static int run(String[] args, Map<String, String> environment, PrintStream out, PrintStream err) {
    return new CommandLine(new LoadCommand(environment, out, err))
        .registerConverter(java.time.Duration.class, Durations::parse)
        .setOut(new PrintWriter(out, true, UTF_8))
        .setErr(new PrintWriter(err, true, UTF_8))
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
