package dev.intermission.bench.compare;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
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

  /** Enough for the JIT compiler to have seen everything. */
  private static final long WARMUP_REQUESTS = 200_000;

  private final PrintStream out;
  private final PrintStream err;

  @Option(
      names = "--jdk",
      paramLabel = "FOLDER",
      description = "A JDK to run the Java contenders on; may be repeated (default: this one).")
  private List<Path> jdks = new ArrayList<>();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often each contender is measured (default: ${DEFAULT-VALUE}).")
  private int rounds = 5;

  @Option(
      names = "--duration",
      paramLabel = "SECONDS",
      description = "How long in each round (default: ${DEFAULT-VALUE}).")
  private int duration = 6;

  @Option(
      names = "--warmup",
      paramLabel = "SECONDS",
      description =
          "How long each serves before the first round; longer if that was not many requests"
              + " (default: ${DEFAULT-VALUE}).")
  private int warmup = 8;

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = "Connections of the load (default: ${DEFAULT-VALUE}).")
  private int connections = 64;

  @Option(
      names = "--contenders",
      split = ",",
      paramLabel = "NAME",
      description = "Only these, separated by commas (default: all).")
  private List<String> wanted = new ArrayList<>();

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

  @Option(
      names = "--own-generator",
      description = "Send the load with 'intermission load' even where wrk is installed.")
  private boolean ownGenerator;

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
    if (rounds < 1 || duration < 1 || warmup < 1 || connections < 1) {
      throw new CompareException(
          "--rounds, --duration, --warmup and --connections must be 1 or more");
    }
    Lineup lineup = new Lineup(wanted, reference, out::println);
    List<Path> homes = jdks.isEmpty() ? List.of(Path.of(System.getProperty("java.home"))) : jdks;
    for (Path home : homes) {
      lineup.addJava(Jdk.at(home), List.of(javaOptions.strip().split("\\s+", -1)));
    }
    lineup.addNative();
    List<Contender> contenders = lineup.contenders();
    Driver driver =
        ownGenerator ? Driver.own(connections) : Driver.installed(connections, out::println);
    Machine before = Machine.now();
    Comparison.Schedule schedule =
        new Comparison.Schedule(rounds, duration, warmup, WARMUP_REQUESTS);
    try (ScratchFolder scratch = new ScratchFolder();
        Comparison comparison = new Comparison(contenders, driver, schedule, scratch, out)) {
      Results results = comparison.run();
      out.printf(
          Locale.ROOT,
          "%n%s, %d connections, %d rounds of %d s; %s%n",
          driver.name(),
          connections,
          rounds,
          duration,
          Machine.description());
      out.printf(Locale.ROOT, "JVM options: %s; %s%n%n", javaOptions, Machine.now().since(before));
      out.print(results.table());
    }
  }
}
