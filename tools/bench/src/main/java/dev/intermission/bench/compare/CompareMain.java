package dev.intermission.bench.compare;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command behind {@code tools/bench/compare.sh}. */
@Command(
    name = "compare.sh",
    sortOptions = false,
    description =
        "Compares Intermission's fronts with the least that Jetty can do, with a naive filter, and"
            + " with nginx and HAProxy where they are installed: CPU time per request of the"
            + " serving process, and throughput, as ratios from one run. Linux only.")
public final class CompareMain implements Callable<Integer> {

  private final PrintStream out;
  private final PrintStream err;

  @Option(
      names = "--jdk",
      paramLabel = "FOLDER",
      description = "A JDK to run the Java contenders on; may be repeated (default: this one).")
  private List<Path> jdks = new ArrayList<>();

  @Mixin private final RoundOptions roundOptions = new RoundOptions();

  @Option(
      names = "--contenders",
      split = ",",
      paramLabel = "NAME",
      description = "Only these, separated by commas (default: all but those of --settings).")
  private List<String> wanted = new ArrayList<>();

  @Option(
      names = "--settings",
      description =
          "Compare answers with optional settings (Retry-After, headers, …) with the plain answer of"
              + " the same front.")
  private boolean settings;

  @Option(
      names = "--to",
      paramLabel = "NAME",
      description =
          "The contender that all figures are ratios to (default: bare-handler; bare-servlet for"
              + " what is behind the servlet API, open-servlet for what passes).")
  private @Nullable String reference;

  @Option(
      names = "--java-options",
      paramLabel = "OPTIONS",
      description = "For the JVMs of the contenders (default: ${DEFAULT-VALUE}).")
  private String javaOptions = "-Xms256m -Xmx256m";

  @SuppressWarnings("UnusedVariable") // picocli looks at the annotation only
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean help;

  private CompareMain(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Runs the command and exits: 0 if done, 1 if it can't be done, 2 if the options are wrong. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new CompareMain(System.out, System.err)).execute(args));
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      compare();
      return ExitCode.OK;
    } catch (CompareException e) {
      err.println("compare.sh: " + e.getMessage());
      return ExitCode.SOFTWARE;
    }
  }

  private void compare() throws InterruptedException {
    Lineup lineup =
        settings
            ? Lineup.ofSettings(reference, out::println)
            : new Lineup(wanted, reference, out::println);
    List<Path> homes = jdks.isEmpty() ? List.of(Path.of(System.getProperty("java.home"))) : jdks;
    for (Path home : homes) {
      lineup.addJava(Jdk.at(home), List.of(javaOptions.strip().split("\\s+", -1)));
    }
    lineup.addNative();
    roundOptions.compare(lineup.contenders(), "JVM options: " + javaOptions, out);
  }
}
